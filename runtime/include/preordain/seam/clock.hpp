// What time it is. In a simulation both clocks are virtual, differ between nodes, and may drift.
#pragma once

#include <preordain/base/duration.hpp>

namespace pre::seam {

class Clock {
 public:
  // Never goes back within one incarnation of a node. Thread-safe. About 25 ns on real machines:
  // read it once per turn.
  virtual Instant now() const noexcept = 0;
  // May jump in both directions; never use it for a timeout. Thread-safe.
  virtual WallTime wall() const noexcept = 0;

 protected:
  ~Clock() = default;
};

}  // namespace pre::seam
