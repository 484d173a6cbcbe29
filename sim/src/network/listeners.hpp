// Who listens where, and who waits to be accepted.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <utility>

#include "life.hpp"
#include "ring.hpp"
#include "slots.hpp"

namespace pre::sim {

struct Listening {
  Life* life = nullptr;
  NodeId host = no_node;
  std::uint16_t port = 0;
  Waker waker;
  Ring<Handle> waiting;  // connections, first come first served

  void recycle() {
    life = nullptr;
    host = no_node;
    port = 0;
    waker.detach();
    waiting.clear();
  }
};

class Listeners {
 public:
  Listening* find(Handle handle) { return listening_.find(handle); }
  Listening* at(NodeId host, std::uint16_t port);
  // Nothing if the port is taken.
  std::optional<Handle> open(Life& life, std::uint16_t port, seam::Wake& wake);
  void close(Handle handle);
  // f(Handle, Listening&) for all of one life.
  template <class F>
  void each_of(const Life& life, F&& f) {
    listening_.each([&](Handle handle, Listening& one) {
      if (one.life == &life) f(handle, one);
    });
  }
  void clear();

 private:
  Slots<Listening> listening_;
  std::map<std::pair<NodeId, std::uint16_t>, Handle> ports_;
};

}  // namespace pre::sim
