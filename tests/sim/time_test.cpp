// Clocks, timers and turns.
#include <algorithm>

#include "support.hpp"

namespace pre::sim::test {

namespace {
// Runs `left` times, and remembers in which order turns ran.
struct Work final : seam::Turn {
  Work(std::uint64_t name, int count, std::vector<std::uint64_t>& order)
      : identity_(name), left(count), order_(order) {}
  Next run(unsigned budget) noexcept override {
    order_.push_back(identity_);
    budget_max = std::max(budget_max, budget);
    return --left > 0 ? Next::again : Next::idle;
  }
  std::uint64_t identity() const noexcept override { return identity_; }
  std::uint64_t identity_;
  int left;
  unsigned budget_max = 0;
  std::vector<std::uint64_t>& order_;
};

std::vector<std::uint64_t> order_of(World& world, int turns) {
  const Host host = start_host(world, "n1");
  std::vector<std::uint64_t> order;
  std::vector<std::unique_ptr<Work>> work;
  for (int i = 0; i < turns; ++i) {
    work.push_back(std::make_unique<Work>(i, 1, order));
    host.env().executor.ready(*work.back());
  }
  world.run_until_idle(dawn + 1h);
  return order;
}
}  // namespace

TEST_CASE("timers fire at their deadline, in order, and not before") {
  World world;
  const Host host = start_host(world, "n1");
  Alarm alarm;
  auto& timers = host.env().timers;
  const TimerId late = timers.arm(dawn + 2s, alarm);
  const TimerId early = timers.arm(dawn + 1s, alarm);
  const TimerId past = timers.arm(dawn - 1s, alarm);
  REQUIRE(alarm.fired.empty());
  world.run_until(dawn + 1s - 1ns);
  REQUIRE(alarm.fired == std::vector<TimerId>{past});
  world.run_until(dawn + 1s);
  REQUIRE(alarm.fired == std::vector<TimerId>{past, early});
  world.run_until(dawn + 1h);

  REQUIRE(alarm.fired == std::vector<TimerId>{past, early, late});
}

TEST_CASE("cancel is true once for a pending timer, and false for any other") {
  World world;
  const Host host = start_host(world, "n1");
  Alarm alarm;
  auto& timers = host.env().timers;
  const TimerId pending = timers.arm(dawn + 1s, alarm);
  const TimerId fires = timers.arm(dawn + 1s, alarm);
  REQUIRE(timers.cancel(pending));
  REQUIRE_FALSE(timers.cancel(pending));
  REQUIRE_FALSE(timers.cancel(TimerId{}));
  pass(world, 1s);

  REQUIRE(alarm.fired == std::vector<TimerId>{fires});
  REQUIRE_FALSE(timers.cancel(fires));
}

TEST_CASE("a timer that never comes lets the world be idle, and can be cancelled") {
  World world;
  const Host host = start_host(world, "n1");
  Alarm alarm;
  const TimerId timer = host.env().timers.arm(never, alarm);

  REQUIRE(world.run_until_idle(dawn + 1s));
  REQUIRE(host.env().timers.cancel(timer));
}

TEST_CASE("idle time costs nothing") {
  World world;
  const Host host = start_host(world, "n1");
  Alarm alarm;
  host.env().timers.arm(dawn + 24h * 365, alarm);
  const std::uint64_t before = world.events();

  REQUIRE(world.run_until_idle(never));
  REQUIRE(world.events() == before + 1);
  REQUIRE(world.now() == dawn + 24h * 365);
}

TEST_CASE("clocks drift and are off, within the knobs, and timers keep to the local clock") {
  int differing = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    World world({.seed = seed, .knobs = {.wall_offset_max = 1h, .drift_ppm_max = 1000}});
    const Host a = start_host(world, "a");
    const Host b = start_host(world, "b");
    Alarm alarm;
    a.env().timers.arm(dawn + 1000s, alarm);
    while (alarm.fired.empty()) REQUIRE(world.step());
    const Duration local = a.env().clock.now() - dawn;
    REQUIRE(local >= 1000s);
    REQUIRE(local < 1000s + 10ns);
    const Duration world_time = world.now() - dawn;
    REQUIRE(world_time >= 1000s - 1001ms);
    REQUIRE(world_time <= 1000s + 1002ms);
    differing += local != world_time ? 1 : 0;
    const Duration apart = a.env().clock.wall() - b.env().clock.wall();
    REQUIRE(apart > -3h);
    REQUIRE(apart < 3h);
    differing += apart != 0ns ? 1 : 0;
  }
  REQUIRE(differing > 30);
}

TEST_CASE("a paused node's timers and turns wait until it is resumed") {
  World world;
  const Host host = start_host(world, "n1");
  Alarm alarm;
  std::vector<std::uint64_t> order;
  Work work(1, 1, order);
  host.env().timers.arm(dawn + 1s, alarm);
  const TimerId second = host.env().timers.arm(dawn + 2s, alarm);
  host.env().executor.ready(work);
  world.pause(host.id);
  REQUIRE(world.state(host.id) == NodeState::paused);
  world.run_until(dawn + 1h);
  REQUIRE(alarm.fired.empty());
  REQUIRE(order.empty());

  world.resume(host.id);
  REQUIRE(host.env().timers.cancel(second));
  pass(world, 0s);

  REQUIRE(alarm.fired.size() == 1);
  REQUIRE(order.size() == 1);
}

TEST_CASE("turns run one message at a time, in order in a calm world") {
  World world;
  const Host host = start_host(world, "n1");
  std::vector<std::uint64_t> order;
  Work a(1, 3, order);
  Work b(2, 2, order);
  host.env().executor.ready(a);
  host.env().executor.ready(b);
  std::vector<NodeId> turns;
  world.after_turn([&turns](NodeId node) { turns.push_back(node); });
  REQUIRE(world.run_until_idle(dawn));

  REQUIRE(order == std::vector<std::uint64_t>{1, 2, 1, 2, 1});
  REQUIRE(a.budget_max == 1);
  REQUIRE(turns.size() == 5);
}

TEST_CASE("with random order every turn runs, in an order of the seed") {
  World fifo;
  World one({.seed = 1, .knobs = {.turn_order = TurnOrder::random}});
  World again({.seed = 1, .knobs = {.turn_order = TurnOrder::random}});
  World two({.seed = 2, .knobs = {.turn_order = TurnOrder::random}});
  const auto sorted = order_of(fifo, 20);
  auto order = order_of(one, 20);

  REQUIRE(order == order_of(again, 20));
  REQUIRE(order != order_of(two, 20));
  REQUIRE(order != sorted);
  std::sort(order.begin(), order.end());
  REQUIRE(order == sorted);
}

TEST_CASE("a stalled node goes on later, without losing a turn") {
  World world({.knobs = {.stall = one_in(2), .stall_max = 10ms}});

  REQUIRE(order_of(world, 20).size() == 20);
  REQUIRE(world.now() > dawn);
}

TEST_CASE("a busy loop is reported with the turn that spins") {
  World world({.turns_per_instant_max = 1000});
  const Host host = start_host(world, "n1");
  std::vector<std::uint64_t> order;
  Work endless(42, 1'000'000'000, order);
  host.env().executor.ready(endless);
  world.run_until(dawn + 1s);

  REQUIRE(world.trouble());
  REQUIRE(world.trouble()->node == host.id);
  REQUIRE(world.trouble()->turn == 42);
  REQUIRE_FALSE(world.step());
  REQUIRE(world.now() == dawn);
  world.reset({});
  REQUIRE_FALSE(world.trouble());
}

TEST_CASE("a timer that always asks for now is a busy loop too") {
  World world;
  const Host host = start_host(world, "n1");
  struct Again final : seam::TimerTarget {
    seam::Timers& timers;
    explicit Again(seam::Timers& t) : timers(t) {}
    void timer_fired(TimerId) noexcept override { timers.arm(dawn, *this); }
  } again(host.env().timers);
  host.env().timers.arm(dawn, again);
  world.run_until(dawn + 1s);

  REQUIRE(world.trouble());
}

TEST_CASE("actions of the harness are events in their place") {
  World world;
  std::vector<int> order;
  world.at(dawn + 2s, [&] { order.push_back(2); });
  world.at(dawn + 1s, [&] {
    order.push_back(1);
    world.at(dawn, [&] { order.push_back(11); });  // the past means now
  });
  world.at(dawn + 1s, [&] { order.push_back(10); });
  world.run_until(dawn + 1s);
  REQUIRE(order == std::vector<int>{1, 10, 11});

  REQUIRE(world.run_until_idle(dawn + 1h));
  REQUIRE(order == std::vector<int>{1, 10, 11, 2});
  REQUIRE(world.now() == dawn + 2s);
}

}  // namespace pre::sim::test
