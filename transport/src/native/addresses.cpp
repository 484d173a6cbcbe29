#include "native/addresses.hpp"

#include <boost/asio/ip/address.hpp>

namespace pre::native {

namespace ip = boost::asio::ip;

std::string text_of(const ip::address& address) {
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    return ip::make_address_v4(ip::v4_mapped, address.to_v6()).to_string();
  }
  return address.to_string();
}

bool parse_address(const std::string& text, ip::address& into) {
  boost::system::error_code failed;
  const ip::address parsed = ip::make_address(text, failed);
  if (failed) return false;
  into = parsed;
  return true;
}

}  // namespace pre::native
