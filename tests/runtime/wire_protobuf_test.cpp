// Our codec against protobuf's own, on wire_cross.proto: the same bytes for the same values, in
// both directions.
#include <catch2/catch.hpp>

#include <limits>

#include <preordain/runtime/wire.hpp>

#include "wire_cross.pb.h"
#include "wire_messages.hpp"

namespace wire_tests {

using namespace wire_messages;

Everything some() {
  return {.numbers = {.yes = true,
                      .i32 = std::numeric_limits<std::int32_t>::min(),
                      .i64 = std::numeric_limits<std::int64_t>::min(),
                      .u32 = std::numeric_limits<std::uint32_t>::max(),
                      .u64 = std::numeric_limits<std::uint64_t>::max(),
                      .f = -0.0F,
                      .d = 6.25,
                      .color = Color::red},
          .text = "Grüße",
          .bytes = {std::byte{0}, std::byte{255}},
          .packed = {0, -1, 300},
          .doubles = {0.0, 1.5},
          .texts = {"", "a", "b"},
          .withdrawals = {{0, ""}, {150, "rent"}},
          .maybe = 0,
          .maybe_text = "",
          .maybe_withdraw = Withdraw{-1, "back"},
          .duration = pre::Duration(-5),
          .at = pre::WallTime(pre::Duration(1'700'000'000'000'000'000)),
          .flags = {true, false, true}};
}

wire_cross::Withdraw to_protobuf(const Withdraw& message) {
  wire_cross::Withdraw out;
  out.set_cents(message.cents);
  out.set_why(message.why);
  return out;
}

void to_protobuf(const Numbers& from, wire_cross::Numbers& to) {
  to.set_yes(from.yes);
  to.set_i32(from.i32);
  to.set_i64(from.i64);
  to.set_u32(from.u32);
  to.set_u64(from.u64);
  to.set_f(from.f);
  to.set_d(from.d);
  to.set_color(static_cast<wire_cross::Color>(from.color));
}

wire_cross::Everything to_protobuf(const Everything& from) {
  wire_cross::Everything to;
  if (from.numbers != Numbers{}) to_protobuf(from.numbers, *to.mutable_numbers());
  to.set_text(from.text);
  to.set_bytes(from.bytes.data(), from.bytes.size());
  for (std::int32_t number : from.packed) to.add_packed(number);
  for (double number : from.doubles) to.add_doubles(number);
  for (const std::string& text : from.texts) to.add_texts(text);
  for (const Withdraw& one : from.withdrawals) *to.add_withdrawals() = to_protobuf(one);
  if (from.maybe) to.set_maybe(*from.maybe);
  if (from.maybe_text) to.set_maybe_text(*from.maybe_text);
  if (from.maybe_withdraw) *to.mutable_maybe_withdraw() = to_protobuf(*from.maybe_withdraw);
  to.set_duration_ns(from.duration.count());
  to.set_at_ns(from.at.time_since_epoch().count());
  for (bool flag : from.flags) to.add_flags(flag);
  return to;
}

std::string ours(const Everything& message) {
  pre::Bytes out;
  pre::wire::encode(message, out, nullptr);
  return std::string(pre::as_text(out));
}

TEST_CASE("we write the bytes that protobuf writes", "[wire]") {
  CHECK(ours(some()) == to_protobuf(some()).SerializeAsString());
  CHECK(ours(Everything{}) == to_protobuf(Everything{}).SerializeAsString());
}

TEST_CASE("we read what protobuf writes", "[wire]") {
  const std::string theirs = to_protobuf(some()).SerializeAsString();

  CHECK(pre::wire::decode<Everything>(pre::as_bytes(theirs), nullptr).value() == some());
}

TEST_CASE("we read repeated numbers that protobuf has not packed", "[wire]") {
  wire_cross::Unpacked unpacked;
  for (int number : {0, -1, 300}) unpacked.add_packed(number);
  unpacked.add_doubles(2.5);
  const std::string theirs = unpacked.SerializeAsString();

  const Everything read = pre::wire::decode<Everything>(pre::as_bytes(theirs), nullptr).value();

  CHECK(read.packed == std::vector<std::int32_t>{0, -1, 300});
  CHECK(read.doubles == std::vector<double>{2.5});
}

TEST_CASE("protobuf reads what we write", "[wire]") {
  wire_cross::Everything read;

  REQUIRE(read.ParseFromString(ours(some())));
  CHECK(read.SerializeAsString() == ours(some()));
}

}  // namespace wire_tests
