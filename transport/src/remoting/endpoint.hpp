// host:port in an option or a setting, for code that can only refuse by a Failure.
#pragma once

#include <preordain/base/error.hpp>
#include <preordain/seam/network.hpp>

namespace pre::remoting {

// "host:port" as people write it in options and settings. Failure: invalid_argument, with the text.
inline seam::Endpoint endpoint_of(const std::string& text) {
  auto endpoint = seam::parse_endpoint(text);
  if (!endpoint) throw Failure(Error(Errc::invalid_argument, endpoint.error()));
  return *std::move(endpoint);
}

}  // namespace pre::remoting
