// Timers: never early, in order, once or not at all.
#include <deque>
#include <set>
#include <vector>

#include <preordain/base/spin_lock.hpp>

#include "callbacks.hpp"

namespace pre::conformance {
namespace {

TEMPLATE_TEST_CASE("a timer fires once, and never before its deadline", "[timers]", Native,
                   Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  const seam::Environment& environment = world.environment();
  const Instant base = environment.clock.now();
  std::deque<Alarm> alarms;
  std::vector<Instant> deadlines;
  std::vector<TimerId> ids;

  for (int i = 0; i < 50; ++i) {
    deadlines.push_back(base + Duration(i * 7'919 % 50 * 400'001));
    ids.push_back(environment.timers.arm(deadlines.back(), alarms.emplace_back(world)));
  }
  REQUIRE(world.run_until([&] {
    return std::ranges::all_of(alarms, [](const Alarm& alarm) { return alarm.fired() > 0; });
  }));

  Alarm later(world);
  environment.timers.arm(environment.clock.now() + 5ms, later);
  REQUIRE(world.run_until([&] { return later.fired() == 1; }));
  for (std::size_t i = 0; i < alarms.size(); ++i) {
    REQUIRE(alarms[i].fired() == 1);
    REQUIRE(alarms[i].at() >= deadlines[i]);
    REQUIRE(alarms[i].last() == ids[i]);
    REQUIRE_FALSE(environment.timers.cancel(ids[i]));
  }
}

TEMPLATE_TEST_CASE("a timer that cancel() took back never fires", "[timers]", Native, Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  const seam::Environment& environment = world.environment();
  Alarm cancelled(world);
  Alarm later(world);
  const Instant deadline = environment.clock.now() + 10ms;

  const TimerId id = environment.timers.arm(deadline, cancelled);
  const bool taken_back = environment.timers.cancel(id);
  const bool again = environment.timers.cancel(id);
  environment.timers.arm(deadline + 5ms, later);
  REQUIRE(world.run_until([&] { return later.fired() == 1; }));

  REQUIRE_FALSE(again);
  REQUIRE(cancelled.fired() == (taken_back ? 0 : 1));
}

TEMPLATE_TEST_CASE("only a timer that is pending can be cancelled", "[timers]", Native, Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  seam::Timers& timers = world.environment().timers;
  Alarm alarm(world);

  REQUIRE_FALSE(timers.cancel(TimerId{}));
  REQUIRE_FALSE(timers.cancel(TimerId{12'345'678'901}));
  const TimerId distant = timers.arm(never, alarm);
  REQUIRE(timers.cancel(distant));
  const TimerId reused = timers.arm(never, alarm);
  REQUIRE(reused != distant);
  REQUIRE_FALSE(timers.cancel(distant));
  REQUIRE(timers.cancel(reused));
  REQUIRE(alarm.fired() == 0);
}

// Arms itself again from inside its call, with a deadline in the past. Only its own timer can call
// it, so a call while it arms came from inside arm().
class Rearming final : public seam::TimerTarget {
 public:
  Rearming(WorldUnderTest& world, unsigned times)
      : world_(world), timers_(world.environment().timers), left_(times) {}

  void arm() {
    arming_.store(true);
    const TimerId id = timers_.arm(Instant{}, *this);
    arming_.store(false);
    if (!id) ++strange_;
  }
  void timer_fired(TimerId) noexcept override {
    WorldUnderTest& world = world_;
    if (arming_.load()) ++strange_;
    if (left_ > 1) arm();
    left_.fetch_sub(1);
    world.ring();
  }
  unsigned left() const { return left_.load(); }
  unsigned strange() const { return strange_.load(); }

 private:
  WorldUnderTest& world_;
  seam::Timers& timers_;
  std::atomic<bool> arming_{false};
  std::atomic<unsigned> left_;
  std::atomic<unsigned> strange_{0};
};

TEMPLATE_TEST_CASE("a past deadline fires soon, but not inside arm", "[timers]", Native,
                   Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  const seam::Environment& environment = world.environment();
  Rearming target(world, 500);
  Alarm first(world);

  // From a timer's own call, where the world has nothing else to do than to fire again.
  environment.timers.arm(Instant{}, target);
  environment.timers.arm(Instant{}, first);

  REQUIRE(world.run_until([&] { return target.left() == 0 && first.fired() == 1; }));
  REQUIRE(target.strange() == 0);
}

// Tries to cancel another timer, and itself, from inside its call.
class Rival final : public seam::TimerTarget {
 public:
  explicit Rival(WorldUnderTest& world) : world_(world), timers_(world.environment().timers) {}

  void fight(TimerId other) { other_.store(other.value); }
  void timer_fired(TimerId id) noexcept override {
    WorldUnderTest& world = world_;
    if (timers_.cancel(id)) cancelled_itself_.store(true);
    if (timers_.cancel(TimerId{other_.load()})) won_.store(true);
    fired_.fetch_add(1);
    world.ring();
  }
  unsigned fired() const { return fired_.load(); }
  bool won() const { return won_.load(); }
  bool cancelled_itself() const { return cancelled_itself_.load(); }

 private:
  WorldUnderTest& world_;
  seam::Timers& timers_;
  std::atomic<std::uint64_t> other_{0};
  std::atomic<unsigned> fired_{0};
  std::atomic<bool> won_{false};
  std::atomic<bool> cancelled_itself_{false};
};

TEMPLATE_TEST_CASE("of two timers that cancel each other one fires, or both", "[timers]", Native,
                   Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  const seam::Environment& environment = world.environment();
  Rival one(world);
  Rival two(world);
  Alarm later(world);
  const Instant deadline = environment.clock.now() + 5ms;

  const TimerId of_two = environment.timers.arm(deadline, two);
  one.fight(of_two);
  two.fight(environment.timers.arm(deadline, one));
  environment.timers.arm(deadline + 5ms, later);
  REQUIRE(world.run_until([&] {
    const bool over = one.fired() + two.fired() == 2 || one.won() || two.won();
    return over && later.fired() == 1;
  }));

  REQUIRE(one.fired() == (two.won() ? 0 : 1));
  REQUIRE(two.fired() == (one.won() ? 0 : 1));
  REQUIRE_FALSE(one.cancelled_itself());
  REQUIRE_FALSE(two.cancelled_itself());
}

// Notes who fired, in order.
class Roll final : public seam::TimerTarget {
 public:
  explicit Roll(WorldUnderTest& world) : world_(world) {}
  void timer_fired(TimerId id) noexcept override {
    WorldUnderTest& world = world_;
    {
      const SpinGuard guard(lock_);
      fired_.push_back(id);
    }
    world.ring();
  }
  std::vector<TimerId> fired() {
    const SpinGuard guard(lock_);
    return fired_;
  }

 private:
  WorldUnderTest& world_;
  SpinLock lock_;
  std::vector<TimerId> fired_;
};

TEMPLATE_TEST_CASE("timers fire in the order of their deadlines", "[timers]", Native, Simulated) {
  constexpr int count = 20;
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  const seam::Environment& environment = world.environment();
  // Again with more time ahead if the machine slept while the timers were armed.
  for (Duration ahead = 20ms;; ahead *= 4) {
    Roll roll(world);
    const Instant base = environment.clock.now() + ahead;
    std::vector<TimerId> expected(count);
    for (int i = 0; i < count; ++i) {
      const int place = i * 7 % count;
      expected[static_cast<std::size_t>(place)] =
          environment.timers.arm(base + Duration(place * 1'000), roll);
    }
    const bool in_time = environment.clock.now() < base;
    REQUIRE(world.run_until([&] { return roll.fired().size() == count; }));

    if (!in_time) continue;
    REQUIRE(roll.fired() == expected);
    break;
  }
}

TEMPLATE_TEST_CASE("of many timers each fires or is cancelled, never both", "[timers]", Native,
                   Simulated) {
  constexpr unsigned count = 5'000;
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  const seam::Environment& environment = world.environment();
  const Instant base = environment.clock.now();
  Roll roll(world);
  std::vector<TimerId> armed;
  std::set<TimerId> expected;

  for (unsigned i = 0; i < count; ++i) {
    const Duration after(i * 7'919ULL % count * 4'000);
    armed.push_back(environment.timers.arm(base + after, roll));
    expected.insert(armed.back());
    if (i % 3 != 2) continue;
    const TimerId victim = armed[i / 2];
    if (environment.timers.cancel(victim)) expected.erase(victim);
  }
  REQUIRE(world.run_until([&] { return roll.fired().size() >= expected.size(); }));

  const std::vector<TimerId> fired = roll.fired();
  REQUIRE(fired.size() == expected.size());
  REQUIRE(std::set<TimerId>(fired.begin(), fired.end()) == expected);
}

}  // namespace
}  // namespace pre::conformance
