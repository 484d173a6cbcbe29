// What lives in a simulated world: nodes, and the program that each of them runs. The world knows
// nothing about that program except how to start it; everything else passes through the seams.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include <preordain/base/function.hpp>
#include <preordain/seam/environment.hpp>

namespace pre::sim {

// A node's place in the order in which the nodes were added to its world.
struct NodeId {
  std::uint32_t value = 0;
  friend constexpr auto operator<=>(NodeId, NodeId) = default;
};

// "No node": events of the world itself.
inline constexpr NodeId no_node{0xffffffffU};

// The running program of one life of a node. Opaque: the world owns it and, after a kill, only
// keeps its memory until history is over.
class Guest {
 public:
  virtual ~Guest() = default;
};

// Called at every start of the node, with the environment of the new life. May return nullptr if
// the program keeps nothing.
using Boot = Function<std::unique_ptr<Guest>(seam::Environment&)>;

struct NodeSpec {
  std::string name;  // also its host name; unique in the world
  std::map<std::string, std::string, std::less<>> settings{};
  Boot boot{};
};

enum class Death : std::uint8_t {
  // kill -9. The operating system survives: files are as they were, peers are told, connecting is
  // refused.
  crash,
  // The machine stops. Unsynced bytes and names are at risk, peers hear nothing, connecting times
  // out
  // (as it does before a node's first start).
  power_loss,
};

enum class NodeState : std::uint8_t {
  down,  // never started, killed, or left
  running,
  paused,  // as after SIGSTOP: nothing runs, the operating system still takes in bytes
};

}  // namespace pre::sim
