// pre demo: a cluster that holds, the same with a planted bug that is found, and its replay.
#include <cstdio>

#include "card.hpp"
#include "catalogue.hpp"
#include "commands.hpp"
#include "progress.hpp"
#include "story.hpp"

namespace pre::cli {

namespace {

constexpr std::uint64_t healthy_seeds = 1000;
constexpr std::uint64_t planted_seeds = 5000;

bool rehearse_healthy() {
  const Scenario scenario = catalogue::ledger();
  std::printf("rehearsing %s: %s\n", scenario.name.c_str(), scenario.about.c_str());
  sim::Rehearsal rehearsal(scenario);
  Progress progress(scenario.name, healthy_seeds);
  for (std::uint64_t seed = 1; seed <= healthy_seeds; ++seed) {
    const Report report = rehearsal.run({.seed = seed, .observer = {}});
    progress.add(report.simulated, report.events);
    if (report.ok) continue;
    progress.clear();
    std::fputs(card(report, last_steps(scenario, report)).c_str(), stdout);
    return false;
  }
  progress.clear();
  std::printf("ok %s   0 failures, %s\n\n", scenario.name.c_str(), progress.summary().c_str());
  return true;
}

Report find_planted(const Scenario& scenario) {
  std::printf("rehearsing %s: %s\n", scenario.name.c_str(), scenario.about.c_str());
  sim::Rehearsal rehearsal(scenario);
  Progress progress(scenario.name, planted_seeds);
  for (std::uint64_t seed = 1; seed <= planted_seeds; ++seed) {
    Report report = rehearsal.run({.seed = seed, .observer = {}});
    progress.add(report.simulated, report.events);
    if (report.ok) continue;
    progress.clear();
    std::printf("found after %llu seeds\n", static_cast<unsigned long long>(seed));
    return report;
  }
  return Report{.scenario = scenario.name};
}

}  // namespace

Exit demo() {
  if (!rehearse_healthy()) return Exit::internal;
  const Scenario scenario = catalogue::ledger_planted();
  const Report found = find_planted(scenario);
  if (found.ok) {
    complain("the planted bug was not found; please report this");
    return Exit::internal;
  }
  for (int i = 1; i <= 2; ++i) {
    const Report again = sim::run(scenario, {.seed = found.seed, .observer = {}});
    if (again.hash != found.hash) {
      complain("the replay differs: " + again.handle() + " instead of " + found.handle());
      return Exit::not_deterministic;
    }
    std::printf("replayed %d/2, equal hash %s\n", i, again.handle().c_str() + 5);
  }
  std::printf("\n%s", card(found, last_steps(scenario, found)).c_str());
  return Exit::ok;
}

}  // namespace pre::cli
