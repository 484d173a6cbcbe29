// One listener for each port of a host.
#include "network/listeners.hpp"

#include <preordain/base/assert.hpp>

namespace pre::sim {

Listening* Listeners::at(NodeId host, std::uint16_t port) {
  const auto found = ports_.find({host, port});
  return found == ports_.end() ? nullptr : listening_.find(found->second);
}

std::optional<Handle> Listeners::open(Life& life, std::uint16_t port, seam::Wake& wake) {
  if (at(life.node, port) != nullptr) return std::nullopt;
  const Handle handle = listening_.acquire();
  Listening& one = *listening_.find(handle);
  one.life = &life;
  one.host = life.node;
  one.port = port;
  one.waker.attach(life, wake);
  ports_[{life.node, port}] = handle;
  return handle;
}

void Listeners::close(Handle handle) {
  const Listening* one = listening_.find(handle);
  PRE_ASSERT(one != nullptr, "a listener is closed once");
  ports_.erase({one->host, one->port});
  listening_.release(handle);
}

void Listeners::clear() {
  listening_.clear();
  ports_.clear();
}

}  // namespace pre::sim
