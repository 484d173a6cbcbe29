// Finding scenarios by what people type.
#pragma once

#include <string>
#include <vector>

#include <preordain/scenario/scenario.hpp>

namespace pre::cli {

inline constexpr unsigned nodes_max = 100;

// '*' matches any run of characters, '?' any one.
bool matches(std::string_view pattern, std::string_view name);

// Every scenario that a pattern names. Planted ones fail on purpose and must be named in full.
std::vector<Scenario> select(const std::vector<std::string>& patterns);

// The scenario with another number of nodes; its name becomes "ledger@5", which handles carry and
// select() understands.
void set_nodes(Scenario& scenario, unsigned nodes);

// The name that was probably meant; empty if nothing is near.
std::string nearest(std::string_view typed);

// "no scenario matches 'ledgr'. Did you mean 'ledger'? ..."
std::string no_match(const std::vector<std::string>& patterns);

}  // namespace pre::cli
