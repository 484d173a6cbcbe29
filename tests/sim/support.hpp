// Short words for tests of the world: a node whose environment the test itself uses, and the small
// targets of wake-ups, timers and turns.
#pragma once

#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <preordain/base/bytes.hpp>
#include <preordain/base/hash.hpp>
#include <preordain/seam/clock.hpp>
#include <preordain/seam/executor.hpp>
#include <preordain/seam/faults.hpp>
#include <preordain/seam/memory.hpp>
#include <preordain/seam/network.hpp>
#include <preordain/seam/process.hpp>
#include <preordain/seam/random.hpp>
#include <preordain/seam/storage.hpp>
#include <preordain/seam/timers.hpp>
#include <preordain/seam/trace.hpp>
#include <preordain/sim/world.hpp>

namespace pre::sim::test {

inline constexpr Instant dawn{};

struct Bell final : seam::Wake {
  int rings = 0;
  void wake() noexcept override { ++rings; }
};

struct Alarm final : seam::TimerTarget {
  std::vector<TimerId> fired;
  void timer_fired(TimerId id) noexcept override { fired.push_back(id); }
};

// A node without a program of its own: the test acts in its place.
struct Host {
  NodeId id;
  std::shared_ptr<seam::Environment*> environment;
  seam::Environment& env() const { return **environment; }
};

inline Host add_host(World& world, std::string name) {
  auto environment = std::make_shared<seam::Environment*>(nullptr);
  const NodeId id = world.add_node({.name = std::move(name), .boot = [environment](auto& given) {
                                      *environment = &given;
                                      return std::unique_ptr<Guest>{};
                                    }});
  return {id, environment};
}
inline Host start_host(World& world, std::string name) {
  Host host = add_host(world, std::move(name));
  world.start(host.id);
  return host;
}

inline void pass(World& world, Duration time) { world.run_until(world.now() + time); }

// Two nodes with one connection between them, ready for use.
struct Wire {
  World& world;
  Host client, server;
  Bell client_bell, server_bell, listener_bell;
  std::unique_ptr<seam::Listener> listener;
  std::unique_ptr<seam::Stream> near, far;  // near: the client's

  explicit Wire(World& w) : world(w), client(start_host(w, "n1")), server(start_host(w, "n2")) {
    listener = *server.env().network.listen({"n2", 7100}, listener_bell);
    connect();
  }
  void connect() {
    near = client.env().network.connect({"n2", 7100}, client_bell);
    pass(world, 2s);
    far = *listener->accept(server_bell);
  }
};

inline seam::NetResult<std::size_t> write(seam::Stream& stream, std::string_view text) {
  return stream.write(as_bytes(text));
}
// What can be read now; stops at the first error and puts it into `why`.
inline std::string read_all(seam::Stream& stream, seam::NetError* why = nullptr) {
  std::string text;
  std::vector<std::byte> buffer(4096);
  for (;;) {
    const auto count = stream.read(buffer);
    if (!count) {
      if (why != nullptr) *why = count.error();
      return text;
    }
    text += as_text(ByteView(buffer).first(*count));
  }
}
inline seam::NetError read_error(seam::Stream& stream) {
  seam::NetError why{};
  read_all(stream, &why);
  return why;
}

}  // namespace pre::sim::test
