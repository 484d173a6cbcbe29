// From the system's and Asio's error codes to the seam's.
#pragma once

#include <preordain/seam/network.hpp>

namespace boost::system {
class error_code;
}

namespace pre::native {

seam::NetError net_error(const boost::system::error_code& code) noexcept;

}  // namespace pre::native
