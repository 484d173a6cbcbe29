// Time as numbers. int64 nanoseconds everywhere, and no clock in sight: what time it *is* comes
// from seam::Clock. Monotonic and wall time are different types, so they cannot be mixed up.
#pragma once

#include <chrono>
#include <cstdint>

namespace pre {

using Duration = std::chrono::nanoseconds;

// A tag, not a clock: it has no now(). Counts from the start of a node's incarnation.
struct Monotonic {
  using rep = std::int64_t;
  using period = std::nano;
  using duration = Duration;
  using time_point = std::chrono::time_point<Monotonic, Duration>;
  static constexpr bool is_steady = true;
};

// A point of monotonic time. For every timeout, deadline and measurement.
using Instant = Monotonic::time_point;

// A point of wall time, nanoseconds since 1970 UTC. May jump; for display and for certificates
// only.
using WallTime = std::chrono::sys_time<Duration>;

// The literals 10ms, 5s, 1min: every user of this library writes durations.
using namespace std::chrono_literals;  // NOLINT(google-build-using-namespace)

// "No deadline". Adding to it would overflow: compare first.
inline constexpr Instant never = Instant::max();

// at + after, held at `never` instead of overflowing. `after` must not be negative.
constexpr Instant saturating_add(Instant at, Duration after) {
  return after > never - at ? never : at + after;
}

}  // namespace pre
