// The codec for any values and any bytes.
#include <rapidcheck.h>
#include <rapidcheck/catch.h>
#include <catch2/catch.hpp>

#include <cmath>

#include <preordain/runtime/wire.hpp>

#include "wire_messages.hpp"

namespace rc {

template <>
struct Arbitrary<wire_messages::Withdraw> {
  static Gen<wire_messages::Withdraw> arbitrary() {
    return gen::build<wire_messages::Withdraw>(gen::set(&wire_messages::Withdraw::cents),
                                               gen::set(&wire_messages::Withdraw::why));
  }
};

}  // namespace rc

namespace wire_tests {

using namespace wire_messages;

pre::Bytes any_bytes() {
  const auto raw = *rc::gen::arbitrary<std::vector<std::uint8_t>>();
  pre::Bytes out;
  for (std::uint8_t byte : raw) out.push_back(std::byte{byte});
  return out;
}

template <class T>
std::optional<T> any_optional() {
  if (*rc::gen::arbitrary<bool>()) return std::nullopt;
  return *rc::gen::arbitrary<T>();
}

Numbers any_numbers() {
  using rc::gen::arbitrary;
  return {.yes = *arbitrary<bool>(),
          .i32 = *arbitrary<std::int32_t>(),
          .i64 = *arbitrary<std::int64_t>(),
          .u32 = *arbitrary<std::uint32_t>(),
          .u64 = *arbitrary<std::uint64_t>(),
          .f = *arbitrary<float>(),
          .d = *arbitrary<double>(),
          .color = *rc::gen::element(Color::red, Color::none, Color::blue)};
}

Everything any_everything() {
  using rc::gen::arbitrary;
  return {.numbers = any_numbers(),
          .text = *arbitrary<std::string>(),
          .bytes = any_bytes(),
          .packed = *arbitrary<std::vector<std::int32_t>>(),
          .doubles = *arbitrary<std::vector<double>>(),
          .texts = *arbitrary<std::vector<std::string>>(),
          .withdrawals = *arbitrary<std::vector<Withdraw>>(),
          .maybe = any_optional<std::int32_t>(),
          .maybe_text = any_optional<std::string>(),
          .maybe_withdraw = any_optional<Withdraw>(),
          .duration = pre::Duration(*arbitrary<std::int64_t>()),
          .at = pre::WallTime(pre::Duration(*arbitrary<std::int64_t>())),
          .flags = *arbitrary<std::vector<bool>>()};
}

pre::Bytes encoded(const Everything& message) {
  pre::Bytes out;
  pre::wire::encode(message, out, nullptr);
  return out;
}

TEST_CASE("decoding gives back what was encoded", "[wire]") {
  rc::prop("for every message", [] {
    const Everything message = any_everything();

    const pre::Result<Everything> back = pre::wire::decode<Everything>(encoded(message), nullptr);

    RC_ASSERT(back.has_value());
    RC_ASSERT(*back == message);
  });
}

TEST_CASE("bytes that are no message are refused or read, and nothing else happens", "[wire]") {
  rc::prop("for arbitrary bytes", [] {
    const pre::Bytes bytes = any_bytes();
    const pre::Result<Everything> result = pre::wire::decode<Everything>(bytes, nullptr);
    const pre::Result<Tree> tree = pre::wire::decode<Tree>(bytes, nullptr);
    RC_CLASSIFY(result.has_value());
    RC_CLASSIFY(tree.has_value());
  });
  rc::prop("for messages with a damaged byte", [] {
    pre::Bytes bytes = encoded(any_everything());
    RC_PRE(!bytes.empty());
    const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size());
    bytes[at] ^= static_cast<std::byte>(*rc::gen::inRange(1, 256));

    const pre::Result<Everything> result = pre::wire::decode<Everything>(bytes, nullptr);

    RC_CLASSIFY(result.has_value());
    if (!result) RC_ASSERT(result.error().code == pre::Errc::not_serializable);
  });
}

Tree any_tree(int depth) {
  Tree out{*rc::gen::arbitrary<std::int32_t>(), {}};
  const int children = depth == 0 ? 0 : *rc::gen::inRange(0, 4);
  for (int i = 0; i < children; ++i) out.children.push_back(any_tree(depth - 1));
  return out;
}

TEST_CASE("what was read from damaged bytes can be written and read again", "[wire]") {
  rc::prop("for trees with a damaged byte", [] {
    pre::Bytes bytes;
    pre::wire::encode(any_tree(3), bytes, nullptr);
    if (!bytes.empty()) {
      const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size());
      bytes[at] ^= static_cast<std::byte>(*rc::gen::inRange(1, 256));
    }
    const pre::Result<Tree> first = pre::wire::decode<Tree>(bytes, nullptr);
    RC_CLASSIFY(first.has_value());
    if (!first) return;
    pre::Bytes again;
    pre::wire::encode(*first, again, nullptr);

    const pre::Result<Tree> second = pre::wire::decode<Tree>(again, nullptr);

    RC_ASSERT(second.has_value());
    RC_ASSERT(*second == *first);
  });
}

}  // namespace wire_tests
