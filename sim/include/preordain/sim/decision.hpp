// Everything that the simulated world decides is one of these decisions: a number below a bound,
// where 0 is always the calm answer (no fault, first in line, shortest delay). A value is a
// function of its key alone, never the next word of a shared stream: a new draw elsewhere shifts
// nothing. (What the product draws from its own seam::Random is keyed in the same way, but it is no
// decision: it has no calm value, and no Decider sees it.)
#pragma once

#include <cstdint>
#include <string_view>

#include <preordain/sim/node.hpp>

namespace pre::sim {

struct Decision {
  std::string_view site;  // stable name: "net.latency"
  std::uint64_t site_id;  // hash_text of the name
  NodeId node;            // who is affected; the sender for links
  std::uint64_t scope;    // the incarnation, or the receiving node for links
  std::uint64_t visit;    // how often this site was reached in this scope before
  std::uint64_t bound;    // the value is in [0, bound)
};

// Sees every decision and may replace it: the place of recorders, replayers and shrinkers.
class Decider {
 public:
  // `drawn` is what the seed says. Must return a value below decision.bound; 0 is always possible.
  virtual std::uint64_t decide(const Decision& decision, std::uint64_t drawn) = 0;

 protected:
  ~Decider() = default;
};

}  // namespace pre::sim
