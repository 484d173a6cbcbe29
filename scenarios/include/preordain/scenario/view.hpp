// Read-only eyes inside every node, between two steps of the simulator: what invariants look
// through.
#pragma once

#include <string_view>
#include <vector>

#include <preordain/runtime/inspect.hpp>

namespace pre {

class View {
 public:
  struct Node {
    std::string_view name;
    const System* system;  // null while the node is down
  };
  explicit View(std::vector<Node> nodes) : nodes_(std::move(nodes)) {}

  // Every live actor of class A on every node that is up: see(const A&, std::string_view node).
  template <class A, class F>
  void each(F&& see) const {
    for (const Node& node : nodes_) {
      if (node.system == nullptr) continue;
      each_actor<A>(*node.system, [&](const A& actor, const Pid&) { see(actor, node.name); });
    }
  }
  const std::vector<Node>& nodes() const { return nodes_; }
  std::vector<Node>& nodes() { return nodes_; }

 private:
  std::vector<Node> nodes_;
};

}  // namespace pre
