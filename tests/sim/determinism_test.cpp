// Whole histories: equal seeds, equal hashes.
#include "chatter.hpp"

namespace pre::sim::test {

namespace {
WorldOptions hostile(std::uint64_t seed) { return {.seed = seed, .knobs = Knobs::drawn(seed)}; }

// One line for each record: what a person would compare.
std::vector<std::string> lines_of(World& world, int extra_points) {
  std::vector<std::string> lines;
  world.observe([&lines](const Record& record) {
    if (record.kind == Kind::point) return;
    lines.push_back(std::to_string(record.time.time_since_epoch().count()) + " " +
                    std::to_string(record.node.value) + " " + std::string(name_of(record.kind)) +
                    " " + std::to_string(record.actor) + " " + std::to_string(record.digest));
  });
  const Host curious = start_host(world, "curious");
  for (int i = 0; i < extra_points; ++i) curious.env().faults.point("a.new.point");
  play(world);
  return lines;
}
}  // namespace

TEST_CASE("the same seed gives the same history") {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    CAPTURE(seed);
    World one(hostile(seed));
    World two(hostile(seed));

    REQUIRE(play(one) == play(two));
    REQUIRE(one.events() == two.events());
    REQUIRE(one.events() > 1000);
    REQUIRE_FALSE(one.trouble());
  }
}

TEST_CASE("the same seed gives the same history, whatever happens to the nodes") {
  World used;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    CAPTURE(seed);
    used.reset(hostile(seed));
    World fresh(hostile(seed));

    REQUIRE(suffer(used, seed) == suffer(fresh, seed));
    REQUIRE(used.events() > 1000);
    REQUIRE_FALSE(used.trouble());
  }
}

TEST_CASE("another seed gives another history") {
  World one({.seed = 1});
  World two({.seed = 2});

  REQUIRE(play(one) != play(two));
}

TEST_CASE("a world that was used and reset cannot be told from a new one") {
  World used(hostile(99));
  play(used);
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    CAPTURE(seed);
    used.reset(hostile(seed));
    World fresh(hostile(seed));
    REQUIRE(used.events() == 0);
    REQUIRE(used.node_count() == 0);

    REQUIRE(play(used) == play(fresh));
  }
}

TEST_CASE("an observer sees every event, in order, and changes nothing") {
  World plain(hostile(7));
  World watched(hostile(7));
  std::uint64_t seen = 0;
  Instant time{};
  bool in_order = true;
  watched.observe([&](const Record& record) {
    ++seen;
    in_order = in_order && record.seq == seen && record.time >= time;
    time = record.time;
  });

  REQUIRE(play(watched) == play(plain));
  REQUIRE(seen == watched.events());
  REQUIRE(in_order);
}

TEST_CASE("an extra draw at a new site leaves all the others as they were") {
  Knobs knobs = Knobs::drawn(8);
  knobs.point_on = certain;
  knobs.point_fires = one_in(2);
  World plain({.seed = 8, .knobs = knobs});
  World curious({.seed = 8, .knobs = knobs});

  REQUIRE(lines_of(plain, 0) == lines_of(curious, 25));
}

TEST_CASE("a decider that always answers 0 makes any world calm") {
  struct Calm final : Decider {
    std::uint64_t asked = 0;
    std::uint64_t decide(const Decision&, std::uint64_t) override {
      ++asked;
      return 0;
    }
  };
  Calm calm;
  Knobs knobs;
  knobs.datagram_loss = certain;
  knobs.reset_per_write = certain;
  World world({.knobs = knobs, .decider = &calm});
  std::uint64_t harmed = 0;
  world.observe([&harmed](const Record& record) {
    if (record.kind == Kind::datagram_lost || record.kind == Kind::reset) ++harmed;
  });
  add_chatter(world, "n1", "n2");
  add_chatter(world, "n2", "n1");
  world.start(NodeId{0});
  world.start(NodeId{1});
  world.run_until(dawn + 10s);

  REQUIRE(calm.asked > 100);
  REQUIRE(harmed == 0);
}

}  // namespace pre::sim::test
