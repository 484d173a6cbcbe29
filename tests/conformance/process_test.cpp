// What a node is told: its name, its settings, its incarnation, and when to stop.
#include <preordain/seam/process.hpp>

#include "callbacks.hpp"

namespace pre::conformance {
namespace {

TEMPLATE_TEST_CASE("a node is told its name and its settings", "[process]", Native, Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;

  for (int life = 0; life < 2; ++life) {
    const seam::Process& process = world.environment().process;
    REQUIRE(process.node_name() == "n1");
    REQUIRE(process.setting("PRE_CONFORMANCE") == "yes");
    REQUIRE_FALSE(process.setting("PRE_CONFORMANCE_NOBODY_SET_THIS").has_value());
    REQUIRE_FALSE(process.setting("").has_value());
    world.restart();
  }
}

TEMPLATE_TEST_CASE("each start is a new incarnation", "[process]", Native, Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;

  const Incarnation first = world.environment().process.incarnation();
  REQUIRE(first.value != 0);
  REQUIRE(world.environment().process.incarnation() == first);

  world.restart();
  const Incarnation second = world.environment().process.incarnation();
  REQUIRE(second.value != 0);
  REQUIRE(second != first);
}

TEMPLATE_TEST_CASE("a request to stop wakes the watcher, and ends with the life", "[process]",
                   Native, Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  Bell bell(world);
  {
    seam::Process& process = world.environment().process;
    REQUIRE_FALSE(process.stop_requested());
    process.watch_stop(&bell);
    REQUIRE(bell.rings() == 0);

    world.request_stop();
    REQUIRE(world.run_until([&] { return bell.rings() > 0; }));
    REQUIRE(process.stop_requested());
    world.request_stop();
    REQUIRE(process.stop_requested());
    process.watch_stop(nullptr);
  }

  world.restart();
  REQUIRE_FALSE(world.environment().process.stop_requested());
}

TEMPLATE_TEST_CASE("a watcher that left is not woken, the one after it is", "[process]", Native,
                   Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  seam::Process& process = world.environment().process;
  Bell left(world);
  Bell stayed(world);

  process.watch_stop(&left);
  process.watch_stop(nullptr);
  process.watch_stop(&stayed);
  world.request_stop();

  REQUIRE(world.run_until([&] { return stayed.rings() > 0; }));
  REQUIRE(left.rings() == 0);
  process.watch_stop(nullptr);
}

TEMPLATE_TEST_CASE("who watches too late is woken at once", "[process]", Native, Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  seam::Process& process = world.environment().process;
  Bell bell(world);

  world.request_stop();
  process.watch_stop(&bell);

  REQUIRE(process.stop_requested());
  REQUIRE(world.run_until([&] { return bell.rings() > 0; }));
  process.watch_stop(nullptr);
}

}  // namespace
}  // namespace pre::conformance
