// One-shot timers on the monotonic clock.
#pragma once

#include <preordain/base/duration.hpp>
#include <preordain/base/ids.hpp>

namespace pre::seam {

class TimerTarget {
 public:
  // Called at most once per armed timer, never before its deadline, on any thread.
  virtual void timer_fired(TimerId id) noexcept = 0;

 protected:
  ~TimerTarget() = default;
};

class Timers {
 public:
  // Fires `target` once at or after `deadline` (a past deadline fires as soon as possible, but
  // never inside arm). The target must live until the timer fired or cancel() returned true.
  // Thread-safe.
  virtual TimerId arm(Instant deadline, TimerTarget& target) = 0;
  // true: the timer was pending and will never fire. false: it fired, is firing on another thread
  // right now, or never existed. Thread-safe.
  virtual bool cancel(TimerId id) noexcept = 0;

 protected:
  ~Timers() = default;
};

}  // namespace pre::seam
