// The machine's clocks, and the one way from an Instant to the system's monotonic time.
#pragma once

#include <preordain/seam/clock.hpp>

namespace pre::native {

// CLOCK_MONOTONIC, from the system's own zero.
Duration monotonic_now() noexcept;

class HostClock final : public seam::Clock {
 public:
  HostClock() noexcept : origin_(monotonic_now()) {}

  Instant now() const noexcept override { return Instant(monotonic_now() - origin_); }
  WallTime wall() const noexcept override;
  // What monotonic_now() was when this incarnation began.
  Duration origin() const noexcept { return origin_; }

 private:
  const Duration origin_;
};

}  // namespace pre::native
