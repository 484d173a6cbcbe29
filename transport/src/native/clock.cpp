#include "native/clock.hpp"

#include <ctime>

#include <preordain/native/stopwatch.hpp>

namespace pre::native {
namespace {

Duration read_clock(clockid_t which) noexcept {
  timespec time{};
  ::clock_gettime(which, &time);  // fails only for a clock that does not exist
  return std::chrono::seconds(time.tv_sec) + Duration(time.tv_nsec);
}

}  // namespace

Duration monotonic_now() noexcept { return read_clock(CLOCK_MONOTONIC); }

WallTime HostClock::wall() const noexcept { return WallTime(read_clock(CLOCK_REALTIME)); }

Stopwatch::Stopwatch() noexcept : started_(monotonic_now()) {}

Duration Stopwatch::elapsed() const noexcept { return monotonic_now() - started_; }

void Stopwatch::restart() noexcept { started_ = monotonic_now(); }

}  // namespace pre::native
