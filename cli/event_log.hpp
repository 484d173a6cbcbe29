// Every event of a run as a line of text: what a person reads and what the doctor compares.
#pragma once

#include <string>

#include <preordain/sim/record.hpp>

namespace pre::cli {

// "8121 41.208119334 node 2 received actor 5 digest 3f2a... ledger::Deposit /user/ada"
std::string line_of(const sim::Record& record);

// An observer that appends every line to `out`.
Function<void(const sim::Record&)> log_into(std::string& out);

}  // namespace pre::cli
