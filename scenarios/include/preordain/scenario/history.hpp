// What clients did and what they were told: the record that checks judge, in both worlds.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <preordain/base/duration.hpp>

namespace pre {

enum class Outcome : std::uint8_t {
  ok,       // acknowledged: its effect must be there
  refused,  // answered with a no: it has no effect
  unknown,  // no answer: it may or may not have had its effect
};

struct Operation {
  unsigned client = 0;
  std::string name{};    // "deposit"
  std::string object{};  // what it was done to: "account-3"
  std::int64_t value = 0;
  Instant invoked{};
  Instant returned{};
  Outcome outcome = Outcome::unknown;
};

struct History {
  std::vector<Operation> operations{};
};

}  // namespace pre
