// Whole runs: the ledger on actors and remoting, faults and hashing on, as `pre run` does it.
#include <benchmark/benchmark.h>

#include <preordain/scenario/run.hpp>

#include "catalogue.hpp"

namespace {

using namespace pre;

void ledger_seeds(benchmark::State& state) {
  Scenario scenario = catalogue::ledger();
  scenario.nodes = static_cast<unsigned>(state.range(0));
  scenario.chaos.until = std::chrono::seconds(state.range(1));
  sim::Rehearsal rehearsal(scenario);
  std::uint64_t seed = 0;
  std::uint64_t events = 0;
  double simulated = 0;
  for (auto _ : state) {
    const Report report = rehearsal.run({.seed = ++seed, .observer = {}});
    if (!report.ok) state.SkipWithError(("seed " + std::to_string(seed) + " failed").c_str());
    events += report.events;
    simulated += std::chrono::duration<double>(report.simulated).count();
  }
  using benchmark::Counter;
  state.counters["seeds/s"] = Counter(static_cast<double>(seed), Counter::kIsRate);
  state.counters["events/s"] = Counter(static_cast<double>(events), Counter::kIsRate);
  state.counters["simulated_s/s"] = Counter(simulated, Counter::kIsRate);
}
BENCHMARK(ledger_seeds)
    ->ArgNames({"nodes", "seconds"})
    ->Args({3, 10})
    ->Args({3, 20})
    ->Args({5, 60})
    ->Unit(benchmark::kMillisecond);

}  // namespace
