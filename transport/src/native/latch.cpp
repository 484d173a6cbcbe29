#include <preordain/native/latch.hpp>

#include "native/clock.hpp"
#include "native/futex.hpp"

namespace pre::native {

void Latch::set() noexcept {
  state_.store(1, std::memory_order_seq_cst);
  futex_wake_all(state_);
}

void Latch::wait() const noexcept {
  while (!is_set()) futex_wait(state_, 0, for_ever);
}

bool Latch::wait_for(Duration limit) const noexcept {
  const Duration start = monotonic_now();
  while (!is_set()) {
    const Duration spent = monotonic_now() - start;
    if (spent >= limit) return false;
    futex_wait(state_, 0, limit - spent);
  }
  return true;
}

}  // namespace pre::native
