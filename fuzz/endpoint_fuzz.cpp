// host:port as people and peers write it. What is accepted is written back and read again the same.
#include <cstddef>
#include <cstdint>
#include <preordain/base/assert.hpp>
#include <preordain/seam/network.hpp>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto endpoint = pre::seam::parse_endpoint(text);
  if (!endpoint) return 0;
  const auto again = pre::seam::parse_endpoint(endpoint->text());
  PRE_ASSERT(again.has_value(), "an accepted endpoint is written in a form that is accepted");
  PRE_ASSERT(again->host == endpoint->host, "the host survives");
  PRE_ASSERT(again->port == endpoint->port, "the port survives");
  return 0;
}
