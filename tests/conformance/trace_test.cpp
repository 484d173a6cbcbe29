// Events: each one comes out once, whoever reports it.
#include <preordain/seam/trace.hpp>

#include "callbacks.hpp"

namespace pre::conformance {
namespace {

using seam::EventKind;

TEMPLATE_TEST_CASE("what is wanted is heard, each event once", "[trace]", Native, Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  seam::Trace& trace = world.environment().trace;
  REQUIRE(trace.wanted());

  for (auto kind = EventKind::spawned; kind <= EventKind::log;
       kind = static_cast<EventKind>(static_cast<int>(kind) + 1)) {
    trace.event({.kind = kind, .actor = 7, .digest = 42, .what = "conformance", .text = "/user"});
  }

  REQUIRE(world.traced("conformance") == static_cast<std::size_t>(EventKind::log));
  REQUIRE(world.traced("something else") == 0);
  REQUIRE(trace.wanted());
}

TEMPLATE_TEST_CASE("turns may report at the same time", "[trace]", Native, Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  seam::Trace& trace = world.environment().trace;
  Job one(world, 1, [&] { trace.event({.kind = EventKind::log, .what = "one"}); });
  Job two(world, 2, [&] { trace.event({.kind = EventKind::log, .what = "two"}); });

  for (int i = 0; i < 300; ++i) {
    one.add();
    two.add();
  }
  REQUIRE(world.run_until([&] { return one.idle() && two.idle(); }));

  REQUIRE(world.traced("one") == 300);
  REQUIRE(world.traced("two") == 300);
}

TEMPLATE_TEST_CASE("every life reports", "[trace]", Native, Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;

  for (int life = 0; life < 2; ++life) {
    world.environment().trace.event({.kind = EventKind::log, .what = "alive"});
    world.restart();
  }

  REQUIRE(world.traced("alive") == 2);
}

}  // namespace
}  // namespace pre::conformance
