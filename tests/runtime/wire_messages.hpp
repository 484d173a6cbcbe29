// Messages for the tests of the wire codec, and their description for RapidCheck's eyes only: they
// compare by value.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <preordain/base/bytes.hpp>
#include <preordain/base/duration.hpp>

namespace wire_messages {

struct Withdraw {
  std::int64_t cents;
  std::string why;
  using Reply = std::int64_t;
  friend bool operator==(const Withdraw&, const Withdraw&) = default;
};

struct Nothing {
  friend bool operator==(const Nothing&, const Nothing&) = default;
};

enum class Color : std::int8_t { red = -1, none = 0, blue = 1 };

// The same as wire_cross.proto's Numbers.
struct Numbers {
  bool yes;
  std::int32_t i32;
  std::int64_t i64;
  std::uint32_t u32;
  std::uint64_t u64;
  float f;
  double d;
  Color color;
  friend bool operator==(const Numbers&, const Numbers&) = default;
};

// The same as wire_cross.proto's Everything.
struct Everything {
  Numbers numbers;
  std::string text;
  pre::Bytes bytes;
  std::vector<std::int32_t> packed;
  std::vector<double> doubles;
  std::vector<std::string> texts;
  std::vector<Withdraw> withdrawals;
  std::optional<std::int32_t> maybe;
  std::optional<std::string> maybe_text;
  std::optional<Withdraw> maybe_withdraw;
  pre::Duration duration;
  pre::WallTime at;
  std::vector<bool> flags;
  friend bool operator==(const Everything&, const Everything&) = default;
};

struct Tree {
  std::int32_t value;
  std::vector<Tree> children;
  friend bool operator==(const Tree&, const Tree&) = default;
};

}  // namespace wire_messages
