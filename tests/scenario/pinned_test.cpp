// The same seed has the same fate in every build: compilers, levels and sanitizers must all give
// the hashes of pinned.txt. A change of behaviour changes them, and says so in its commit:
//   pre run ledger --hashes --seeds 20 > tests/scenario/pinned.txt   (and the same for
//   ledger-planted)
#include <catch2/catch.hpp>
#include <fstream>

#include <preordain/scenario/run.hpp>

#include "catalogue.hpp"

using namespace pre;

TEST_CASE("pinned seeds have their pinned hashes") {
  std::ifstream pinned(PRE_SOURCE_DIR "/tests/scenario/pinned.txt");
  REQUIRE(pinned);
  int checked = 0;
  for (std::string line; std::getline(pinned, line); ++checked) {
    const Result<Handle> handle = parse_handle(line);
    REQUIRE(handle);
    const Scenario scenario =
        handle->scenario == "ledger" ? catalogue::ledger() : catalogue::ledger_planted();
    REQUIRE(handle->scenario == scenario.name);

    const Report report = sim::run(scenario, {.seed = handle->seed, .observer = {}});

    CHECK(report.handle() == line);
  }
  REQUIRE(checked >= 20);
}
