// Fault points: silent where nobody does harm.
#include <array>

#include <preordain/seam/faults.hpp>

#include "callbacks.hpp"

namespace pre::conformance {
namespace {

constexpr std::array points = {"", "conformance.one", "conformance.two", "actor.late_reply"};

TEMPLATE_TEST_CASE("where nobody does harm, every fault point says go on", "[faults]", Native,
                   Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  if (!world.is_calm()) return;
  unsigned harm = 0;
  const auto pass = [&] {
    for (const char* point : points) harm += world.environment().faults.point(point);
  };
  Job turn(world, 1, pass);

  for (int i = 0; i < 500; ++i) {
    pass();
    turn.add();
    REQUIRE(world.run_until([&] { return turn.idle(); }));
  }

  REQUIRE(harm == 0);
}

TEMPLATE_TEST_CASE("a fault point that fires harms nothing by itself", "[faults]", Native,
                   Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  Job turn(world, 1, [&] {
    for (const char* point : points) (void)world.environment().faults.point(point);
  });

  for (int i = 0; i < 500; ++i) turn.add();

  REQUIRE(world.run_until([&] { return turn.idle(); }));
  REQUIRE(turn.steps() == 500);
}

}  // namespace
}  // namespace pre::conformance
