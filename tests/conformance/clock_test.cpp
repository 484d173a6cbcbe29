// Time of one life of a node, and time for people.
#include "callbacks.hpp"

namespace pre::conformance {
namespace {

constexpr Instant dawn{};
// How long a slow machine may need to start a node.
constexpr Duration start_max = 10s;

TEMPLATE_TEST_CASE("time begins near zero, with each life of a node anew", "[clock]", Native,
                   Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;

  const Instant first = world.environment().clock.now();
  REQUIRE(first >= dawn);
  REQUIRE(first < dawn + start_max);

  world.restart();
  const Instant second = world.environment().clock.now();
  REQUIRE(second >= dawn);
  REQUIRE(second < dawn + start_max);
}

TEMPLATE_TEST_CASE("time does not go back, whoever looks", "[clock]", Native, Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  const seam::Clock& clock = world.environment().clock;
  Instant seen = clock.now();
  bool forward = true;
  const auto look = [&] {
    const Instant now = clock.now();
    forward = forward && now >= seen;
    seen = now;
  };

  Job turn(world, 1, [&] { look(); });
  for (int i = 0; i < 200; ++i) {
    look();
    turn.add();
    REQUIRE(world.run_until([&] { return turn.idle(); }));
    look();
  }

  REQUIRE(forward);
}

TEMPLATE_TEST_CASE("time goes on", "[clock]", Native, Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  const seam::Environment& environment = world.environment();
  const Instant before = environment.clock.now();
  const WallTime wall_before = environment.clock.wall();
  Alarm alarm(world);

  environment.timers.arm(before + 5ms, alarm);
  REQUIRE(world.run_until([&] { return alarm.fired() == 1; }));

  REQUIRE(environment.clock.now() >= before + 5ms);
  // It may jump, but nobody makes it jump here.
  REQUIRE(environment.clock.wall() > wall_before);
}

TEMPLATE_TEST_CASE("the wall shows a date of our days", "[clock]", Native, Simulated) {
  const Under<TestType> under;
  const WallTime wall = (*under).environment().clock.wall();

  REQUIRE(wall > WallTime(std::chrono::sys_days(std::chrono::year(2020) / 1 / 1)));
  REQUIRE(wall < WallTime(std::chrono::sys_days(std::chrono::year(2100) / 1 / 1)));
}

}  // namespace
}  // namespace pre::conformance
