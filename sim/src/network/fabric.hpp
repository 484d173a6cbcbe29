// The whole network of a world.
#pragma once

#include "network/datagrams.hpp"
#include "network/links.hpp"
#include "network/resolver.hpp"
#include "network/streams.hpp"

namespace pre::sim {

struct Fabric {
  Core& core;
  Links links{core};
  Streams streams{core, links};
  Datagrams datagrams{core, links};
  Resolver resolver{core, links};

  void clear();
  void host_started(NodeId host);
  void life_ended(Life& life, Death death);
  // The machine lost its power: nobody answers at its address.
  void host_down(NodeId host) { links.set_up(host, false); }
  void cut(NodeId from, NodeId to);
  void heal(NodeId from, NodeId to);
};

}  // namespace pre::sim
