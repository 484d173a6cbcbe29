// How long something took, for the command line and benchmarks. Never an input to a decision: code
// that decides takes its time from seam::Clock.
#pragma once

#include <preordain/base/duration.hpp>

namespace pre::native {

class Stopwatch {
 public:
  Stopwatch() noexcept;  // starts
  Duration elapsed() const noexcept;
  void restart() noexcept;

 private:
  Duration started_;
};

}  // namespace pre::native
