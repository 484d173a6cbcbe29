// Lives of nodes: how they begin, what they are told, and how they end.
#include "chatter.hpp"

namespace pre::sim::test {

namespace {
// Counts how often it is destroyed, and calls into the world while it is.
struct Mortal final : Guest {
  Mortal(seam::Environment& environment, int& deaths) : env(environment), deaths_(deaths) {}
  ~Mortal() override {
    ++deaths_;
    env.trace.event({.kind = seam::EventKind::log, .what = "argh"});
    static_cast<void>(env.storage.remove("log"));
    static_cast<void>(env.network.connect({"n2", 1}, bell)->read(buffer));
  }
  Mortal(const Mortal&) = delete;
  Mortal& operator=(const Mortal&) = delete;
  seam::Environment& env;
  Bell bell;
  std::array<std::byte, 1> buffer;
  int& deaths_;
};
NodeId add_mortal(World& world, int& deaths) {
  return world.add_node({.name = "mortal", .boot = [&deaths](seam::Environment& environment) {
                           return std::unique_ptr<Guest>(new Mortal(environment, deaths));
                         }});
}
}  // namespace

TEST_CASE("killing runs no destructor inside history, and the dying are refused and counted") {
  int deaths = 0;
  World world;
  const NodeId node = add_mortal(world, deaths);
  world.start(node);
  world.kill(node, Death::crash);
  pass(world, 1h);
  const std::uint64_t hash = world.hash();
  REQUIRE(deaths == 0);
  REQUIRE(world.poisoned_calls() == 0);
  REQUIRE(world.state(node) == NodeState::down);
  REQUIRE(world.guest(node) == nullptr);

  world.end();

  REQUIRE(deaths == 1);
  REQUIRE(world.poisoned_calls() == 4);
  REQUIRE(world.hash() == hash);
}

TEST_CASE("a program that leaves is destroyed at once, in a living world") {
  int deaths = 0;
  World world;
  const NodeId node = add_mortal(world, deaths);
  world.start(node);
  world.leave(node);

  REQUIRE(deaths == 1);
  REQUIRE(world.poisoned_calls() == 0);
  REQUIRE(world.state(node) == NodeState::down);
}

TEST_CASE("what a dead program holds stays safe to use and to destroy") {
  World world;
  Wire wire(world);
  Alarm alarm;
  auto file = *wire.server.env().storage.open("log", seam::OpenMode::create);
  auto sync = file->sync(wire.server_bell);
  auto lookup = wire.server.env().network.resolve("n1", 1, wire.server_bell);
  auto datagram = *wire.server.env().network.open_datagram({"n2", 0}, wire.server_bell);
  const TimerId timer = wire.server.env().timers.arm(dawn + 1h, alarm);
  seam::Environment& env = wire.server.env();
  const Instant death = env.clock.now();
  world.kill(wire.server.id, Death::crash);
  pass(world, 2h);
  REQUIRE(world.poisoned_calls() == 0);

  REQUIRE(read_error(*wire.far) == seam::NetError::closed);
  REQUIRE(wire.listener->accept(wire.server_bell).error() == seam::NetError::closed);
  REQUIRE(datagram->send({"n1", 1}, {}).error() == seam::NetError::closed);
  REQUIRE(file->write(0, as_bytes("x")).error() == seam::DiskError::io);
  REQUIRE(sync->result().error() == seam::DiskError::io);
  REQUIRE_FALSE(lookup->result());
  REQUIRE(env.timers.cancel(timer));
  REQUIRE(env.clock.now() == death);
  REQUIRE(alarm.fired.empty());
  REQUIRE(world.poisoned_calls() == 8);
}

TEST_CASE("a restart is a new incarnation with the old files") {
  World world;
  const Host host = start_host(world, "n1");
  const Incarnation first = world.incarnation(host.id);
  REQUIRE(first);
  REQUIRE(host.env().process.incarnation() == first);
  REQUIRE((*host.env().storage.open("log", seam::OpenMode::create))->write(0, as_bytes("x")));
  pass(world, 5s);
  world.kill(host.id, Death::crash);
  REQUIRE_FALSE(world.incarnation(host.id));
  world.start(host.id);

  REQUIRE(world.incarnation(host.id));
  REQUIRE(world.incarnation(host.id) != first);
  REQUIRE(host.env().storage.list("") == std::vector<std::string>{"log"});
  REQUIRE(host.env().clock.now() == dawn);
}

TEST_CASE("a node may be killed from inside one of its own turns") {
  World world;
  const Host host = start_host(world, "n1");
  struct Suicide final : seam::Turn {
    World& world;
    const Host& host;
    Suicide(World& w, const Host& h) : world(w), host(h) {}
    Next run(unsigned) noexcept override {
      world.kill(host.id, Death::crash);
      host.env().executor.ready(*this);
      return Next::again;
    }
    std::uint64_t identity() const noexcept override { return 7; }
  } turn(world, host);
  host.env().executor.ready(turn);

  REQUIRE(world.run_until_idle(dawn + 1s));
  REQUIRE(world.poisoned_calls() == 1);
}

TEST_CASE("a process knows its name, its settings and when to stop") {
  World world;
  seam::Environment* env = nullptr;
  const NodeId node = world.add_node({.name = "n1",
                                      .settings = {{"PRE_LISTEN", "n1:7100"}},
                                      .boot = [&env](seam::Environment& given) {
                                        env = &given;
                                        return std::unique_ptr<Guest>{};
                                      }});
  world.start(node);
  Bell bell;
  env->process.watch_stop(&bell);
  REQUIRE(env->process.node_name() == "n1");
  REQUIRE(env->process.setting("PRE_LISTEN") == "n1:7100");
  REQUIRE_FALSE(env->process.setting("PRE_SEEDS"));
  REQUIRE_FALSE(env->process.stop_requested());
  REQUIRE(world.find("n1") == node);
  REQUIRE_FALSE(world.find("n2"));

  world.request_stop(node);
  world.request_stop(node);

  REQUIRE(env->process.stop_requested());
  REQUIRE(bell.rings == 1);
}

TEST_CASE("randomness depends on seed, node and incarnation") {
  const auto draw = [](std::uint64_t seed, std::string_view name, int lives) {
    World world({.seed = seed});
    const Host a = start_host(world, "a");
    const Host b = start_host(world, "b");
    const Host& host = name == "a" ? a : b;
    for (int i = 1; i < lives; ++i) {
      world.kill(host.id, Death::crash);
      world.start(host.id);
    }
    return host.env().random.next();
  };

  REQUIRE(draw(1, "a", 1) == draw(1, "a", 1));
  REQUIRE(draw(1, "a", 1) != draw(2, "a", 1));
  REQUIRE(draw(1, "a", 1) != draw(1, "b", 1));
  REQUIRE(draw(1, "a", 1) != draw(1, "a", 2));
}

TEST_CASE("memory is reused within a life and large blocks work too") {
  World world;
  const Host host = start_host(world, "n1");
  auto& memory = host.env().memory;
  for (std::size_t size : {0UL, 1UL, 32UL, 33UL, 1024UL, 1025UL, 100'000UL}) {
    void* block = memory.allocate(size);
    REQUIRE(block != nullptr);
    REQUIRE(reinterpret_cast<std::uintptr_t>(block) % alignof(std::max_align_t) == 0);
    memory.release(block, size);
  }
}

TEST_CASE("fault points are 0 in a calm world and fire in one that wants them") {
  World calm;
  World hostile({.knobs = {.point_on = certain, .point_fires = one_in(2)}});
  const Host a = start_host(calm, "n1");
  const Host b = start_host(hostile, "n1");
  int fired = 0;
  for (int i = 0; i < 100; ++i) {
    REQUIRE(a.env().faults.point("x") == 0);
    fired += b.env().faults.point("x") != 0 ? 1 : 0;
  }

  REQUIRE(fired > 20);
  REQUIRE(fired < 80);
}

}  // namespace pre::sim::test
