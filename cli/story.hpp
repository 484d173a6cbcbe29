// The last steps before a failure. Recording every event costs time, so a run does not: the failing
// seed is run once more with an observer, which is exact because the run is deterministic.
#pragma once

#include <string>
#include <vector>

#include <preordain/scenario/run.hpp>

namespace pre::cli {

// One line each, oldest first: what the node at which it broke was told and did last.
std::vector<std::string> last_steps(const Scenario& scenario, const Report& report);

}  // namespace pre::cli
