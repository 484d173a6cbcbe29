// Faults that are switched on and do nothing are worse than none: they make a sweep look like
// proof.
#include <catch2/catch.hpp>

#include <preordain/scenario/run.hpp>

#include "catalogue.hpp"

using namespace pre;

TEST_CASE("over 200 seeds the ledger meets every kind of harm that its world can do") {
  sim::Rehearsal rehearsal(catalogue::ledger());
  std::map<sim::Kind, int> seen;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    (void)rehearsal.run({.seed = seed, .observer = [&](const sim::Record& r) { ++seen[r.kind]; }});
  }
  using sim::Kind;
  for (const Kind kind :
       {Kind::killed, Kind::paused, Kind::resumed, Kind::cut, Kind::healed, Kind::held, Kind::reset,
        Kind::refused, Kind::timed_out, Kind::stalled, Kind::disk_lost, Kind::end_of_stream}) {
    INFO(name_of(kind));
    CHECK(seen[kind] > 0);
  }
}

TEST_CASE("what the harm does to the program is seen: lost answers, dead letters, reconnects") {
  sim::Rehearsal rehearsal(catalogue::ledger());
  std::map<std::string, int> seen;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    (void)rehearsal.run({.seed = seed, .observer = [&](const sim::Record& r) {
                           ++seen[std::string(name_of(r.kind)) + " " + std::string(r.what)];
                         }});
  }
  for (const char* event : {"timer ask timeout", "link backing_off", "link up", "link connecting",
                            "replied value", "replied unreachable", "replied refused"}) {
    INFO(event);
    CHECK(seen[event] > 0);
  }
}
