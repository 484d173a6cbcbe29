// seam::Timers: a heap of deadlines and one Asio timer on the I/O thread that waits for the
// nearest.
//
// Targets are called on the I/O thread, outside the mutex, one after the other; so an armed timer
// can be cancelled while another fires, and a target may arm and cancel.
#pragma once

#include <memory>
#include <mutex>

#include <preordain/seam/timers.hpp>

#include "native/clock.hpp"
#include "native/io_thread.hpp"
#include "native/timer_heap.hpp"

namespace pre::native {

class HostTimers final : public seam::Timers {
 public:
  HostTimers(IoThread& io, const HostClock& clock);
  // Precondition: the I/O thread has stopped.
  ~HostTimers();

  TimerId arm(Instant deadline, seam::TimerTarget& target) override;
  bool cancel(TimerId id) noexcept override;

 private:
  struct Alarm;

  // On the I/O thread.
  void fire_due();
  void wait_for_next();

  IoThread& io_;
  const HostClock& clock_;
  std::unique_ptr<Alarm> alarm_;
  std::mutex mutex_;
  TimerHeap heap_;             // under the mutex
  bool reset_posted_ = false;  // under the mutex: the I/O thread is told of a nearer deadline
};

}  // namespace pre::native
