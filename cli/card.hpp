// The failure card: what broke, when, where, under which faults, and how to see it again.
#pragma once

#include <string>

#include <preordain/scenario/run.hpp>

namespace pre::cli {

// `steps`: what happened last, one line each; may be empty. Ends with the replay command as its
// last line.
std::string card(const Report& report, const std::vector<std::string>& steps);

}  // namespace pre::cli
