// Harm as data: what happens to which nodes, and when. An explorer can replace a plan, a shrinker
// can delete from it, and a person can read it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <preordain/base/duration.hpp>

namespace pre {

struct Fault {
  enum class Kind : std::uint8_t {
    cut,          // nothing passes from `left` to `right`, nor back
    cut_one_way,  // nothing passes from `left` to `right`
    heal,         // all cuts end
    crash,        // kill -9
    power_loss,   // kill, and what was not synced may be gone
    restart,      // a new incarnation of a dead node
    pause,        // SIGSTOP
    resume,       // SIGCONT
  };
  Kind kind;
  std::vector<std::string> left{};  // for crash .. resume: the node
  std::vector<std::string> right{};

  // "cut n1 | n2 n3"
  std::string text() const;
};

Fault cut(std::vector<std::string> left, std::vector<std::string> right);
Fault cut_one_way(std::vector<std::string> from, std::vector<std::string> to);
Fault heal();
Fault crash(std::string node);
Fault power_loss(std::string node);
Fault restart(std::string node);
Fault pause(std::string node);
Fault resume(std::string node);

struct FaultStep {
  Duration at;  // from the start of the run
  Fault fault;
};

// How much harm to draw for a seed, on top of the scenario's own steps. Everything heals at
// `until`.
struct Chaos {
  unsigned cuts = 0;     // at most
  unsigned crashes = 0;  // at most, half of them power losses
  unsigned pauses = 0;   // at most
  Duration until{0};
};

// The plan of a seed: the scripted steps and the drawn ones, in order of time. A pure function.
// Cuts may also part the clients' node from the others; everything else happens to `nodes` only.
std::vector<FaultStep> plan_faults(std::uint64_t seed, const std::vector<FaultStep>& scripted,
                                   const Chaos& chaos, const std::vector<std::string>& nodes,
                                   const std::string& clients);

// Earlier steps first; of those at the same time, the order they had.
std::vector<FaultStep> in_order_of_time(std::vector<FaultStep> steps);

}  // namespace pre
