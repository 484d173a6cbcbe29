// How long to wait before dialling again. Doubles from backoff_first to backoff_last; the upper
// half of each wait is random, so that many nodes do not come back to a restarted one in step.
#pragma once

#include <algorithm>
#include <cstdint>

#include <preordain/base/duration.hpp>
#include <preordain/remoting/wire.hpp>

namespace pre::remoting {

class Backoff {
 public:
  // The next wait, in (half, whole] of its step. `random` is 64 uniform bits.
  Duration next(std::uint64_t random) {
    const Duration whole = step_;
    step_ = std::min(step_ * 2, backoff_last);
    const Duration half = whole / 2;
    const auto spread = static_cast<std::uint64_t>(half.count());
    const auto part = static_cast<unsigned __int128>(random) * spread >> 64;
    return whole - Duration(static_cast<std::int64_t>(part));
  }
  void reset() { step_ = backoff_first; }

 private:
  Duration step_ = backoff_first;
};

}  // namespace pre::remoting
