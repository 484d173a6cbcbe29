#include "native/timers.hpp"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <optional>

namespace pre::native {
namespace {

// The longest single wait. Deadlines far away would overflow the system's clock.
constexpr Duration wait_max = 1h;
// Timers fired before sockets get their chance: a target may arm again with a deadline in the past.
constexpr int fired_in_a_row_max = 256;

}  // namespace

struct HostTimers::Alarm {
  explicit Alarm(boost::asio::io_context& context) : timer(context) {}
  boost::asio::steady_timer timer;  // touched by the I/O thread only
};

HostTimers::HostTimers(IoThread& io, const HostClock& clock)
    : io_(io), clock_(clock), alarm_(std::make_unique<Alarm>(io.context())) {}

HostTimers::~HostTimers() = default;

TimerId HostTimers::arm(Instant deadline, seam::TimerTarget& target) {
  const std::scoped_lock lock(mutex_);
  const TimerId id = heap_.add(deadline, target);
  if (heap_.nearest() == id && !std::exchange(reset_posted_, true)) {
    boost::asio::post(io_.context(), [this] { fire_due(); });
  }
  return id;
}

bool HostTimers::cancel(TimerId id) noexcept {
  const std::scoped_lock lock(mutex_);
  return heap_.remove(id);
}

void HostTimers::fire_due() {
  const Instant now = clock_.now();
  for (int fired = 0; fired < fired_in_a_row_max; ++fired) {
    std::optional<TimerHeap::Due> due;
    {
      const std::scoped_lock lock(mutex_);
      due = heap_.take_due(now);
    }
    if (!due) break;
    due->target->timer_fired(due->id);
  }
  wait_for_next();
}

void HostTimers::wait_for_next() {
  Instant deadline;
  {
    const std::scoped_lock lock(mutex_);
    reset_posted_ = false;  // whoever arms a nearer timer from here on says so
    if (!heap_.nearest()) return;
    deadline = heap_.nearest_deadline();
  }
  const Instant now = clock_.now();
  const Duration wait = deadline <= now ? Duration::zero() : std::min(deadline - now, wait_max);
  alarm_->timer.expires_after(wait);
  alarm_->timer.async_wait([this](const boost::system::error_code& cancelled) {
    if (!cancelled) fire_due();
  });
}

}  // namespace pre::native
