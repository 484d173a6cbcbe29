// Every scenario we ship, listed by hand: static registration would depend on the linker's mood.
#pragma once

#include <vector>

#include <preordain/scenario/scenario.hpp>

namespace pre::catalogue {

Scenario ledger();
Scenario ledger_planted();
Scenario astray_planted();

// In the order in which `pre list` shows them.
std::vector<Scenario> all();

}  // namespace pre::catalogue
