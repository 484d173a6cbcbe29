// Streams over cut links, between dead nodes, and half-open.
#include "support.hpp"

namespace pre::sim::test {

using seam::NetError;

TEST_CASE("a cut holds bytes in one direction only, and healing lets them through") {
  World world;
  Wire wire(world);
  world.cut(wire.client.id, wire.server.id);
  REQUIRE(world.is_cut(wire.client.id, wire.server.id));
  write(*wire.near, "held").value();
  write(*wire.far, "passes").value();
  pass(world, 5s);
  REQUIRE(read_all(*wire.far) == "");
  REQUIRE(read_all(*wire.near) == "passes");

  world.heal(wire.client.id, wire.server.id);
  pass(world, 1s);

  REQUIRE(read_all(*wire.far) == "held");
  REQUIRE(read_error(*wire.near) == NetError::would_block);
}

TEST_CASE("a sender loses patience with a path that stays cut") {
  World world;
  Wire wire(world);
  world.cut(wire.client.id, wire.server.id);
  write(*wire.near, "held").value();
  pass(world, 19s);
  REQUIRE(read_error(*wire.near) == NetError::would_block);
  pass(world, 2s);

  REQUIRE(read_error(*wire.near) == NetError::timed_out);
  REQUIRE(read_error(*wire.far) == NetError::would_block);  // half-open: it has sent nothing

  world.heal_all();
  write(*wire.far, "are you there?").value();
  pass(world, 1s);
  REQUIRE(read_error(*wire.far) == NetError::reset);
}

TEST_CASE("bytes that arrive are not enough: without the way back the sender times out") {
  World world;
  Wire wire(world);
  world.cut(wire.server.id, wire.client.id);
  write(*wire.near, "arrives").value();
  pass(world, 5s);
  REQUIRE(read_all(*wire.far) == "arrives");
  pass(world, 20s);

  REQUIRE(read_error(*wire.near) == NetError::timed_out);
}

TEST_CASE("a way back that heals in time keeps the connection") {
  World world;
  Wire wire(world);
  world.cut(wire.server.id, wire.client.id);
  write(*wire.near, "arrives").value();
  pass(world, 5s);
  world.heal_all();
  pass(world, 60s);

  REQUIRE(read_error(*wire.near) == NetError::would_block);
  REQUIRE(write(*wire.near, "more"));
}

TEST_CASE("an idle connection survives any cut") {
  World world;
  Wire wire(world);
  world.cut(wire.client.id, wire.server.id);
  world.cut(wire.server.id, wire.client.id);
  pass(world, 1h);
  world.heal_all();
  write(*wire.near, "still here").value();
  pass(world, 1s);

  REQUIRE(read_all(*wire.far) == "still here");
}

TEST_CASE("connecting over a cut times out, and succeeds if it heals before") {
  World world;
  Wire wire(world);
  Bell bell;
  world.cut(wire.client.id, wire.server.id);
  auto patient = wire.client.env().network.connect({"n2", 7100}, bell);
  pass(world, 1500ms);
  world.heal_all();
  pass(world, 1s);
  REQUIRE(write(*patient, "x"));

  world.cut(wire.client.id, wire.server.id);
  auto stream = wire.client.env().network.connect({"n2", 7100}, bell);
  pass(world, 2900ms);
  REQUIRE(read_error(*stream) == NetError::would_block);
  pass(world, 200ms);
  REQUIRE(read_error(*stream) == NetError::timed_out);
}

TEST_CASE("the peer of a crashed node reads reset, and new connections are refused") {
  World world;
  Wire wire(world);
  REQUIRE(read_error(*wire.near) == NetError::would_block);
  const int before = wire.client_bell.rings;
  world.kill(wire.server.id, Death::crash);
  pass(world, 1s);
  REQUIRE(wire.client_bell.rings == before + 1);
  REQUIRE(read_error(*wire.near) == NetError::reset);

  auto again = wire.client.env().network.connect({"n2", 7100}, wire.client_bell);
  pass(world, 1s);
  REQUIRE(read_error(*again) == NetError::refused);
}

TEST_CASE("a crash may look like an end in good order") {
  World world({.knobs = {.crash_end = certain}});
  Wire wire(world);
  write(*wire.far, "half a fra").value();
  world.kill(wire.server.id, Death::crash);
  pass(world, 1s);

  NetError why{};
  REQUIRE(read_all(*wire.near, &why) == "half a fra");
  REQUIRE(why == NetError::end);
}

TEST_CASE("after a power loss the peer hears nothing until it writes and times out") {
  World world;
  Wire wire(world);
  REQUIRE(read_error(*wire.near) == NetError::would_block);
  world.kill(wire.server.id, Death::power_loss);
  pass(world, 1h);
  REQUIRE(read_error(*wire.near) == NetError::would_block);
  REQUIRE(write(*wire.near, "are you there?"));
  pass(world, 21s);
  REQUIRE(read_error(*wire.near) == NetError::timed_out);

  auto again = wire.client.env().network.connect({"n2", 7100}, wire.client_bell);
  pass(world, 4s);
  REQUIRE(read_error(*again) == NetError::timed_out);
}

TEST_CASE("a restarted node answers for its dead incarnation with reset") {
  World world;
  Wire wire(world);
  world.kill(wire.server.id, Death::power_loss);
  write(*wire.near, "are you there?").value();
  pass(world, 5s);
  REQUIRE(read_error(*wire.near) == NetError::would_block);
  world.start(wire.server.id);
  pass(world, 1s);

  REQUIRE(read_error(*wire.near) == NetError::reset);
}

TEST_CASE("a half-open crash is silent although the host is up") {
  World world({.knobs = {.crash_half_open = certain}});
  Wire wire(world);
  world.kill(wire.server.id, Death::crash);
  write(*wire.near, "are you there?").value();
  pass(world, 10s);
  REQUIRE(read_error(*wire.near) == NetError::would_block);
  pass(world, 11s);

  REQUIRE(read_error(*wire.near) == NetError::timed_out);
}

TEST_CASE("severed streams carry nothing any more, and the writer times out") {
  World world;
  Wire wire(world);
  world.sever_streams(wire.server.id, wire.client.id);
  write(*wire.near, "x").value();
  pass(world, 21s);

  REQUIRE(read_error(*wire.near) == NetError::timed_out);
  REQUIRE(read_error(*wire.far) == NetError::would_block);
  wire.connect();
  write(*wire.near, "new").value();
  pass(world, 1s);
  REQUIRE(read_all(*wire.far) == "new");
}

TEST_CASE("the harness can reset what is between two nodes") {
  World world;
  Wire wire(world);
  world.reset_streams(wire.server.id, wire.client.id);

  REQUIRE(read_error(*wire.near) == NetError::reset);
  REQUIRE(read_error(*wire.far) == NetError::reset);
}

TEST_CASE("a drawn reset breaks the connection at a write") {
  World world({.knobs = {.reset_per_write = certain}});
  Wire wire(world);
  REQUIRE(write(*wire.near, "x").error() == NetError::reset);
  pass(world, 1s);

  REQUIRE(read_error(*wire.far) == NetError::reset);
}

TEST_CASE("a paused node still takes in bytes, and is woken when it is resumed") {
  World world;
  Wire wire(world);
  REQUIRE(read_error(*wire.far) == NetError::would_block);
  const int before = wire.server_bell.rings;
  world.pause(wire.server.id);
  write(*wire.near, "hello").value();
  pass(world, 60s);
  REQUIRE(wire.server_bell.rings == before);
  REQUIRE(read_error(*wire.near) == NetError::would_block);

  world.resume(wire.server.id);

  REQUIRE(wire.server_bell.rings == before + 1);
  REQUIRE(read_all(*wire.far) == "hello");
}

}  // namespace pre::sim::test
