// The clocks of one life. A host's oscillator is a little fast or slow and its wall clock a little
// off; monotonic time counts from the start of the life.
#pragma once

#include <cstdint>

#include <preordain/seam/clock.hpp>

#include "life.hpp"

namespace pre::sim {

// How a host's clocks differ from world time; drawn once per host, for restarts do not mend clocks.
struct HostClock {
  Duration wall_offset{};
  std::int64_t drift_ppm = 0;  // parts per million fast (or slow, if negative)

  static HostClock drawn(Core& core, Scope& host);
  // How far this host's clock goes while the world goes `world`, which must not be negative.
  Duration local(Duration world) const noexcept;
  // The shortest world time in which this host's clock goes at least `local`.
  Duration world(Duration local) const noexcept;
};

class Clock final : public seam::Clock {
 public:
  Clock(const Life& life, const HostClock& host) : life_(life), host_(host) {}
  Instant now() const noexcept override;
  WallTime wall() const noexcept override;

  // The first world time at which now() is at least `local`; `never` if that is out of reach.
  Instant world_time_of(Instant local) const noexcept;

 private:
  Instant read() const noexcept;

  const Life& life_;
  const HostClock& host_;
};

}  // namespace pre::sim
