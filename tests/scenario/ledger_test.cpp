// The first scenario: it holds, its planted variant is found and replays, and runs are what the
// seed says they are.
#include <catch2/catch.hpp>

#include <preordain/scenario/run.hpp>

#include "catalogue.hpp"

using namespace pre;

TEST_CASE("ledger holds over 300 seeds") {
  sim::Rehearsal rehearsal(catalogue::ledger());
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    const Report report = rehearsal.run({.seed = seed, .observer = {}});
    INFO(report.handle() << " " << report.property << ": " << report.text);
    REQUIRE(report.ok);
    REQUIRE(report.operations > 6);
  }
}

TEST_CASE("the planted bug is found within 200 seeds, at a node and a time") {
  sim::Rehearsal rehearsal(catalogue::ledger_planted());
  int found = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const Report report = rehearsal.run({.seed = seed, .observer = {}});
    if (report.ok) continue;
    ++found;
    REQUIRE(report.verdict == Verdict::safety);
    REQUIRE_FALSE(report.property.empty());
    REQUIRE_FALSE(report.node.empty());
    REQUIRE(report.when > Instant{});
  }
  REQUIRE(found >= 3);
}

TEST_CASE("a run on a world that was used before equals one on a new world") {
  const Scenario scenario = catalogue::ledger();
  sim::Rehearsal used(scenario);
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Report again = used.run({.seed = seed, .observer = {}});
    const Report fresh = sim::run(scenario, {.seed = seed, .observer = {}});
    REQUIRE(again.hash == fresh.hash);
    REQUIRE(again.events == fresh.events);
  }
}

TEST_CASE("watching a run does not change it") {
  const Scenario scenario = catalogue::ledger();
  std::uint64_t seen = 0;
  const Report watched =
      sim::run(scenario, {.seed = 3, .observer = [&](const sim::Record&) { ++seen; }});
  const Report plain = sim::run(scenario, {.seed = 3, .observer = {}});
  REQUIRE(watched.hash == plain.hash);
  REQUIRE(seen > 100);
}

TEST_CASE("different seeds have different fates") {
  const Scenario scenario = catalogue::ledger();
  const Report one = sim::run(scenario, {.seed = 1, .observer = {}});
  const Report two = sim::run(scenario, {.seed = 2, .observer = {}});
  REQUIRE(one.hash != two.hash);
}

TEST_CASE("every fault of the plans happens in some run") {
  std::map<Fault::Kind, int> kinds;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const auto plan =
        plan_faults(seed, {}, catalogue::ledger().chaos, {"n1", "n2", "n3"}, "clients");
    for (const FaultStep& step : plan) ++kinds[step.fault.kind];
  }
  REQUIRE(kinds.size() == 8);
}
