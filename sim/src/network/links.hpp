// The hosts and the directed links between them: how long a segment takes and whether it passes.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core.hpp"

namespace pre::sim {

// One direction between two hosts.
struct Link {
  Scope scope;
  std::string label;  // "n1>n2", for people
  bool cut = false;
  Instant last_datagram{};  // when the latest of those in order arrives
};

class Links {
 public:
  explicit Links(Core& core) : core_(core) {}
  void clear();

  // Hosts are numbered like nodes. A host is up while its operating system runs: it stays up after
  // a crash of the node, not after a power loss, and is down before the first start.
  NodeId add(std::string name);
  const std::string& name(NodeId host) const { return hosts_[host.value].name; }
  std::optional<NodeId> find(std::string_view name) const;
  bool up(NodeId host) const { return hosts_[host.value].up; }
  void set_up(NodeId host, bool up) { hosts_[host.value].up = up; }
  // A local port nobody chose.
  std::uint16_t ephemeral_port(NodeId host);

  Link& link(NodeId from, NodeId to) { return links_[from.value][to.value]; }
  bool cut(NodeId from, NodeId to) const { return links_[from.value][to.value].cut; }
  // Drawn anew for each segment and datagram.
  Duration latency(NodeId from, NodeId to);
  // All pairs (from, to), in order.
  std::size_t count() const { return hosts_.size(); }

 private:
  struct Host {
    std::string name;
    bool up = false;
    std::uint16_t ports_given = 0;
  };
  Core& core_;
  std::vector<Host> hosts_;
  std::map<std::string, NodeId, std::less<>> names_;
  std::deque<std::deque<Link>> links_;  // [from][to]
};

}  // namespace pre::sim
