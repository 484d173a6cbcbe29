// Between the seam's endpoints (text and a number) and Asio's. The templates are for tcp::endpoint
// and udp::endpoint.
#pragma once

#include <string>

#include <preordain/seam/network.hpp>

namespace boost::asio::ip {
class address;
}

namespace pre::native {

// An IPv4 address that came in through an IPv6 socket is written as IPv4: one peer, one name.
std::string text_of(const boost::asio::ip::address& address);
// False, and `into` is untouched, if the text is not a numeric address.
bool parse_address(const std::string& text, boost::asio::ip::address& into);

template <class AsioEndpoint>
seam::Endpoint seam_endpoint(const AsioEndpoint& endpoint) {
  return {text_of(endpoint.address()), endpoint.port()};
}

// `invalid` if the host is not a numeric address.
template <class AsioEndpoint>
seam::NetResult<AsioEndpoint> asio_endpoint(const seam::Endpoint& endpoint) {
  auto address = AsioEndpoint().address();
  if (!parse_address(endpoint.host, address)) return tl::make_unexpected(seam::NetError::invalid);
  return AsioEndpoint(address, endpoint.port);
}

}  // namespace pre::native
