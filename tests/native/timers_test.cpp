// Timers: never early, and cancelled for good.
#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <deque>
#include <mutex>
#include <utility>
#include <vector>

#include <preordain/native/stopwatch.hpp>
#include <preordain/seam/clock.hpp>
#include <preordain/seam/timers.hpp>

#include "native/timer_heap.hpp"
#include "support.hpp"

namespace pre::native::test {
namespace {

class Target final : public seam::TimerTarget {
 public:
  explicit Target(const seam::Clock& clock, unsigned expected = 1)
      : clock_(clock), expected_(expected) {}

  void timer_fired(TimerId id) noexcept override {
    const std::scoped_lock lock(mutex_);
    fired_.push_back(id);
    last_at_ = clock_.now();
    if (fired_.size() == expected_) all_fired.set();
  }
  std::vector<TimerId> fired() {
    const std::scoped_lock lock(mutex_);
    return fired_;
  }
  Instant last_at() {
    const std::scoped_lock lock(mutex_);
    return last_at_;
  }
  Latch all_fired;

 private:
  const seam::Clock& clock_;
  const unsigned expected_;
  std::mutex mutex_;
  std::vector<TimerId> fired_;
  Instant last_at_{};
};

TEST_CASE("a timer fires once, not before its deadline") {
  Host host(quiet_options());
  const seam::Environment& world = host.environment();
  Target target(world.clock);
  const Instant deadline = world.clock.now() + 5ms;

  const TimerId id = world.timers.arm(deadline, target);

  REQUIRE(target.all_fired.wait_for(patience));
  REQUIRE(target.fired() == std::vector{id});
  REQUIRE(target.last_at() >= deadline);
  REQUIRE_FALSE(world.timers.cancel(id));
}

TEST_CASE("timers fire in the order of their deadlines, equal ones in the order of arming") {
  Host host(quiet_options());
  const seam::Environment& world = host.environment();
  Target target(world.clock, 4);
  const Instant base = world.clock.now() + 20ms;

  const TimerId late = world.timers.arm(base + 2ms, target);
  const TimerId first = world.timers.arm(base, target);
  const TimerId second = world.timers.arm(base, target);
  const TimerId past = world.timers.arm(Instant{}, target);

  REQUIRE(target.all_fired.wait_for(patience));
  REQUIRE(target.fired() == std::vector{past, first, second, late});
}

TEST_CASE("a cancelled timer never fires, and one never armed cannot be cancelled") {
  Host host(quiet_options());
  const seam::Environment& world = host.environment();
  Target cancelled(world.clock);
  Target later(world.clock);
  const Instant deadline = world.clock.now() + 10ms;
  const TimerId id = world.timers.arm(deadline, cancelled);
  const TimerId far = world.timers.arm(never, cancelled);

  REQUIRE(world.timers.cancel(id));
  REQUIRE_FALSE(world.timers.cancel(id));
  REQUIRE(world.timers.cancel(far));
  REQUIRE_FALSE(world.timers.cancel(TimerId{}));
  REQUIRE_FALSE(world.timers.cancel(TimerId{12'345'678'901}));
  const TimerId after = world.timers.arm(deadline + 1ms, later);

  REQUIRE(later.all_fired.wait_for(patience));
  REQUIRE(later.fired() == std::vector{after});
  REQUIRE(cancelled.fired().empty());
}

// Arms itself again from inside, with a deadline in the past.
class Rearming final : public seam::TimerTarget {
 public:
  Rearming(seam::Timers& timers, unsigned times) : timers_(timers), left_(times) {}
  void timer_fired(TimerId) noexcept override {
    if (--left_ == 0) return done.set();
    timers_.arm(Instant{}, *this);
  }
  Latch done;

 private:
  seam::Timers& timers_;
  unsigned left_;
};

TEST_CASE("a target may arm from inside its call") {
  Host host(quiet_options());
  Rearming target(host.environment().timers, 1'000);

  host.environment().timers.arm(Instant{}, target);

  REQUIRE(target.done.wait_for(patience));
}

TEST_CASE("of a cancel and a firing that meet, exactly one wins") {
  constexpr unsigned rounds = 2'000;
  Host host(quiet_options());
  const seam::Environment& world = host.environment();
  std::deque<Target> targets;
  unsigned cancelled = 0;

  for (unsigned i = 0; i < rounds; ++i) {
    Target& target = targets.emplace_back(world.clock);
    const TimerId id = world.timers.arm(world.clock.now() + Duration(i * 10), target);
    if (world.timers.cancel(id)) {
      ++cancelled;
      continue;
    }
    if (!target.all_fired.wait_for(patience)) FAIL("neither fired nor cancelled");
  }

  Target last(world.clock);
  world.timers.arm(world.clock.now(), last);
  REQUIRE(last.all_fired.wait_for(patience));
  unsigned fired = 0;
  for (Target& target : targets) fired += static_cast<unsigned>(target.fired().size());
  REQUIRE(fired + cancelled == rounds);
}

TEST_CASE("the heap gives timers in order whatever is removed in between") {
  class Nobody final : public seam::TimerTarget {
    void timer_fired(TimerId) noexcept override {}
  } nobody;
  TimerHeap heap;
  struct Armed {
    Instant deadline;
    int order;
    TimerId id;
  };
  std::vector<Armed> expected;
  std::uint64_t state = 1;
  for (int i = 0; i < 2'000; ++i) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    const Instant deadline{Duration(state >> 54)};
    const TimerId id = heap.add(deadline, nobody);
    expected.push_back({deadline, i, id});
    if (i % 3 == 2) {
      const std::size_t victim = (state >> 20) % expected.size();
      REQUIRE(heap.remove(expected[victim].id));
      expected.erase(expected.begin() + static_cast<std::ptrdiff_t>(victim));
    }
  }
  std::ranges::sort(expected, {},
                    [](const Armed& armed) { return std::pair(armed.deadline, armed.order); });

  for (const auto& [deadline, order, id] : expected) {
    REQUIRE(heap.nearest_deadline() == deadline);
    REQUIRE_FALSE(heap.take_due(deadline - 1ns));
    REQUIRE(heap.take_due(deadline)->id == id);
  }
  REQUIRE_FALSE(heap.nearest());
  REQUIRE_FALSE(heap.take_due(never));
}

TEST_CASE("the clock begins near zero and does not go back") {
  const Stopwatch stopwatch;
  Host host(quiet_options());
  const seam::Clock& clock = host.environment().clock;

  const Instant first = clock.now();
  const Instant second = clock.now();

  REQUIRE(first >= Instant{});
  REQUIRE(second >= first);
  REQUIRE(second.time_since_epoch() <= stopwatch.elapsed());
  REQUIRE(clock.wall() > WallTime(std::chrono::hours(24 * 365 * 50)));
}

}  // namespace
}  // namespace pre::native::test
