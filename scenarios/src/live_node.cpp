// One node of a scenario as a process: what `pre node` runs.
#include <preordain/node/run.hpp>
#include <preordain/scenario/run.hpp>

namespace pre::live {

Result<void> node(const Scenario& scenario, const NodeOptions& options) {
  return native::run_until_stopped(scenario.program, {.name = options.name,
                                                      .listen = options.listen,
                                                      .cluster = scenario.name,
                                                      .peers = options.peers,
                                                      .data = options.data});
}

}  // namespace pre::live
