// How a thread outside the workers waits for something inside: it opens once and stays open. For
// main threads and tests; a turn must never wait.
#pragma once

#include <atomic>
#include <cstdint>

#include <preordain/base/duration.hpp>

namespace pre::native {

class Latch {
 public:
  // Opens. Thread-safe; again does nothing. A waiter may destroy the latch as soon as it returns,
  // even while set() is still on its way out.
  void set() noexcept;
  bool is_set() const noexcept { return state_.load(std::memory_order_acquire) != 0; }
  void wait() const noexcept;
  // False if it did not open within `limit`.
  [[nodiscard]] bool wait_for(Duration limit) const noexcept;

 private:
  std::atomic<std::uint32_t> state_{0};
};

}  // namespace pre::native
