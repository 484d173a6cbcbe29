// What concerns all kinds of traffic at once.
#include "network/fabric.hpp"

namespace pre::sim {

void Fabric::clear() {
  streams.clear();
  datagrams.clear();
  resolver.clear();
  links.clear();
}

void Fabric::host_started(NodeId host) {
  links.set_up(host, true);
  streams.host_started(host);
}

void Fabric::life_ended(Life& life, Death death) {
  streams.life_ended(life, death);
  datagrams.life_ended(life);
  resolver.life_ended(life);
}

void Fabric::cut(NodeId from, NodeId to) {
  Link& link = links.link(from, to);
  if (link.cut) return;
  link.cut = true;
  core.journal.write({0, core.now, from, {}, Kind::cut, 0, to.value, {}, link.label});
}

void Fabric::heal(NodeId from, NodeId to) {
  Link& link = links.link(from, to);
  if (!link.cut) return;
  link.cut = false;
  core.journal.write({0, core.now, from, {}, Kind::healed, 0, to.value, {}, link.label});
  streams.healed(from, to);
}

}  // namespace pre::sim
