// The payload of a message from a stranger. What is accepted can be written and read again, and is
// then the same.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <preordain/base/assert.hpp>
#include <preordain/runtime/wire.hpp>

namespace fuzzed {

struct Inner {
  std::int64_t number;
  std::string text;
  std::vector<Inner> children;
};

struct Message {
  bool yes;
  std::int8_t small;
  std::uint64_t large;
  float f;
  double d;
  std::string text;
  pre::Bytes bytes;
  std::vector<std::int32_t> packed;
  std::vector<double> doubles;
  std::vector<bool> flags;
  std::vector<Inner> inners;
  std::optional<Inner> maybe;
  std::optional<std::uint16_t> maybe_number;
  std::chrono::milliseconds duration;
  pre::WallTime at;
};

}  // namespace fuzzed

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto input = std::as_bytes(std::span(data, size));
  const auto first = pre::wire::decode<fuzzed::Message>(input, nullptr);
  if (!first) {
    PRE_ASSERT(first.error().code == pre::Errc::not_serializable, "there is one way to be wrong");
    return 0;
  }
  pre::Bytes once;
  pre::wire::encode(*first, once, nullptr);
  const auto second = pre::wire::decode<fuzzed::Message>(once, nullptr);
  PRE_ASSERT(second.has_value(), "what we write we can read");
  pre::Bytes twice;
  pre::wire::encode(*second, twice, nullptr);
  // Bytes are compared, not values: a NaN is not equal to itself.
  PRE_ASSERT(once == twice, "what was read is what was written");
  return 0;
}
