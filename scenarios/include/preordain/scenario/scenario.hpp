// A scenario: what runs on the nodes, what clients do, what goes wrong, and what must hold. Data,
// so that a simulator and a set of real processes can take the same object.
#pragma once

#include <preordain/scenario/fault.hpp>
#include <preordain/scenario/stage.hpp>
#include <preordain/scenario/view.hpp>

namespace pre {

// Looks inside the nodes after every turn of one of them; simulator only.
struct Invariant {
  std::string name;
  bool (*holds)(const View&);
};

// Judges what the clients saw, at the end; both worlds. Empty: it passed; else what is wrong.
struct Check {
  std::string name;
  std::string (*judge)(const History&);
};

struct Scenario {
  std::string name{};   // "ledger": what `pre run` is given
  std::string about{};  // one sentence
  unsigned nodes = 1;   // n1 .. nN, each runs the program
  Program program{};
  unsigned clients = 1;  // each runs the workload, on a node of their own
  Task<> (*workload)(Stage&){};
  Task<> (*finale)(Stage&){};       // once, when all clients are done and all faults have healed
  std::vector<FaultStep> faults{};  // scripted
  Chaos chaos{};                    // drawn from the seed
  std::vector<Invariant> invariants{};
  std::vector<Check> checks{};
  Duration limit = 10min;  // virtual time by which the workload must have ended
  bool planted = false;    // it fails on purpose: for demonstrations and for testing the testers
};

}  // namespace pre
