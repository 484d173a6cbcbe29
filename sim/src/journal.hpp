// The chain: every event is folded into one number, in order. Two runs that differ anywhere differ
// in it from there on.
#pragma once

#include <cstdint>

#include <preordain/base/function.hpp>
#include <preordain/base/hash.hpp>
#include <preordain/sim/record.hpp>

namespace pre::sim {

class Journal {
 public:
  void reset(std::uint64_t seed);
  void observe(Function<void(const Record&)> observer) { observer_ = std::move(observer); }
  // Tells callers whether a text for people is worth making.
  bool observed() const noexcept { return static_cast<bool>(observer_); }

  // `record.seq` is filled in here.
  void write(Record record);

  std::uint64_t hash() const noexcept { return hash_; }
  std::uint64_t events() const noexcept { return seq_; }

 private:
  std::uint64_t hash_ = 0;
  std::uint64_t seq_ = 0;
  Function<void(const Record&)> observer_;
};

}  // namespace pre::sim
