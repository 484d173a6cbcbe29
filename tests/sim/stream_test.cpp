// Streams between two healthy nodes.
#include "support.hpp"

namespace pre::sim::test {

using seam::NetError;

TEST_CASE("connecting costs a round trip and wakes both sides") {
  World world;
  const Host client = start_host(world, "n1");
  const Host server = start_host(world, "n2");
  Bell client_bell, listener_bell, server_bell;
  auto listener = *server.env().network.listen({"n2", 7100}, listener_bell);
  auto stream = client.env().network.connect({"n2", 7100}, client_bell);
  REQUIRE(write(*stream, "x").error() == NetError::would_block);

  pass(world, 150us);
  REQUIRE(listener_bell.rings == 1);
  REQUIRE(client_bell.rings == 0);
  pass(world, 50us);

  REQUIRE(client_bell.rings == 1);
  REQUIRE(write(*stream, "x") == 1U);
  REQUIRE(listener->accept(server_bell));
  REQUIRE(listener->accept(server_bell).error() == NetError::would_block);
}

TEST_CASE("both ends know their addresses") {
  World world;
  Wire wire(world);

  REQUIRE(wire.near->remote() == seam::Endpoint{"n2", 7100});
  REQUIRE(wire.far->local() == wire.near->remote());
  REQUIRE(wire.far->remote() == wire.near->local());
  REQUIRE(wire.near->local().host == "n1");
}

TEST_CASE("bytes arrive once, in order, in both directions") {
  World world({.seed = 3, .knobs = {.latency_min = 1ms, .latency_max = 50ms}});
  Wire wire(world);
  for (char c = 'a'; c <= 'z'; ++c) REQUIRE(write(*wire.near, std::string(1, c)) == 1U);
  REQUIRE(write(*wire.far, "hello") == 5U);
  pass(world, 2s);

  REQUIRE(read_all(*wire.far) == "abcdefghijklmnopqrstuvwxyz");
  REQUIRE(read_all(*wire.near) == "hello");
}

TEST_CASE("a reader is woken once after would_block, and not without asking") {
  World world;
  Wire wire(world);
  const int before = wire.server_bell.rings;
  write(*wire.near, "one").value();
  pass(world, 1s);
  REQUIRE(wire.server_bell.rings == before);
  REQUIRE(read_error(*wire.far) == NetError::would_block);

  write(*wire.near, "two").value();
  write(*wire.near, "three").value();
  REQUIRE(wire.server_bell.rings == before);  // never from inside write()
  pass(world, 1s);

  REQUIRE(wire.server_bell.rings == before + 1);
  REQUIRE(read_all(*wire.far) == "twothree");
}

TEST_CASE("a writer is held back by a reader who does not read") {
  World world;
  Wire wire(world);
  const std::string block(10'000, 'x');
  std::size_t taken = 0;
  for (;;) {
    const auto count = write(*wire.near, block);
    if (!count) break;
    taken += *count;
    pass(world, 1s);
  }
  REQUIRE(taken == 2 * 64 * 1024);  // the window of the one side and the buffer of the other
  const int before = wire.client_bell.rings;
  pass(world, 60s);
  REQUIRE(wire.client_bell.rings == before);

  std::size_t received = read_all(*wire.far).size();
  pass(world, 1s);
  REQUIRE(wire.client_bell.rings == before + 1);
  REQUIRE(write(*wire.near, block) == block.size());
  while (received < taken + block.size()) {
    pass(world, 1s);
    const std::size_t more = read_all(*wire.far).size();
    REQUIRE(more > 0);
    received += more;
  }
  REQUIRE(received == taken + block.size());
}

TEST_CASE("partial reads and writes lose nothing") {
  World world(
      {.seed = 9,
       .knobs = {.partial_read = one_in(2), .partial_write = one_in(2), .partial_bytes_max = 3}});
  Wire wire(world);
  std::string sent;
  for (int i = 0; i < 200; ++i) sent += std::to_string(i) + ",";
  std::size_t at = 0;
  std::size_t writes = 0;
  while (at < sent.size()) {
    at += write(*wire.near, std::string_view(sent).substr(at, 20)).value();
    ++writes;
  }
  pass(world, 1s);

  REQUIRE(writes > sent.size() / 20 * 3 / 2);
  REQUIRE(read_all(*wire.far) == sent);
}

TEST_CASE("what was written before closing is still delivered, then the end") {
  World world;
  Wire wire(world);
  write(*wire.near, "last words").value();
  wire.near.reset();
  pass(world, 1s);

  NetError why{};
  REQUIRE(read_all(*wire.far, &why) == "last words");
  REQUIRE(why == NetError::end);
}

TEST_CASE("more than a window is delivered after closing, as fast as it is read") {
  World world;
  Wire wire(world);
  const std::string block(64 * 1024, 'x');
  REQUIRE(write(*wire.near, block) == block.size());
  pass(world, 1s);
  REQUIRE(write(*wire.near, block) == block.size());
  wire.near.reset();
  pass(world, 1s);

  std::size_t received = 0;
  NetError why = NetError::would_block;
  for (int i = 0; i < 5; ++i) {
    if (why == NetError::would_block) received += read_all(*wire.far, &why).size();
    pass(world, 1s);
  }
  REQUIRE(received == 2 * block.size());
  REQUIRE(why == NetError::end);
}

TEST_CASE("after shutdown_write the other direction goes on") {
  World world;
  Wire wire(world);
  write(*wire.near, "question").value();
  wire.near->shutdown_write();
  REQUIRE(write(*wire.near, "more").error() == NetError::closed);
  pass(world, 1s);
  REQUIRE(read_error(*wire.far) == NetError::end);
  write(*wire.far, "answer").value();
  pass(world, 1s);

  REQUIRE(read_all(*wire.near) == "answer");
}

TEST_CASE("writing to a closed peer is answered by reset, and what it sent can still be read") {
  World world;
  Wire wire(world);
  write(*wire.far, "bye").value();
  wire.far.reset();
  pass(world, 1s);
  write(*wire.near, "are you there?").value();
  pass(world, 1s);

  REQUIRE(write(*wire.near, "hello?").error() == NetError::reset);
  NetError why{};
  REQUIRE(read_all(*wire.near, &why) == "bye");
  REQUIRE(why == NetError::end);
}

TEST_CASE("abort resets both sides and drops what was under way") {
  World world;
  Wire wire(world);
  REQUIRE(read_error(*wire.far) == NetError::would_block);
  const int before = wire.server_bell.rings;
  write(*wire.near, "lost").value();
  wire.near->abort();
  pass(world, 1s);

  REQUIRE(read_error(*wire.near) == NetError::reset);
  REQUIRE(read_error(*wire.far) == NetError::reset);
  REQUIRE(wire.server_bell.rings > before);
}

TEST_CASE("no wake-up comes after the object is destroyed") {
  World world;
  Wire wire(world);
  REQUIRE(read_error(*wire.far) == NetError::would_block);
  write(*wire.near, "too late").value();
  const int before = wire.server_bell.rings;
  wire.far.reset();
  pass(world, 1s);

  REQUIRE(wire.server_bell.rings == before);
}

TEST_CASE("a node without a listener refuses") {
  World world;
  const Host client = start_host(world, "n1");
  start_host(world, "n2");
  Bell bell;
  auto stream = client.env().network.connect({"n2", 7100}, bell);
  pass(world, 1s);

  REQUIRE(bell.rings == 1);
  REQUIRE(read_error(*stream) == NetError::refused);
}

TEST_CASE("a host of another world is invalid, and the caller is woken for it") {
  World world;
  const Host client = start_host(world, "n1");
  Bell bell;
  auto stream = client.env().network.connect({"nowhere", 7100}, bell);
  REQUIRE(read_error(*stream) == NetError::would_block);
  pass(world, 1s);

  REQUIRE(bell.rings == 1);
  REQUIRE(read_error(*stream) == NetError::invalid);
}

TEST_CASE("a port is taken once, and port 0 is any free one") {
  World world;
  const Host host = start_host(world, "n1");
  Bell bell;
  auto first = host.env().network.listen({"n1", 7100}, bell);
  REQUIRE(first);
  REQUIRE(host.env().network.listen({"0.0.0.0", 7100}, bell).error() == NetError::in_use);
  REQUIRE(host.env().network.listen({"n2", 7100}, bell).error() == NetError::invalid);

  auto any = *host.env().network.listen({"n1", 0}, bell);
  auto other_one = *host.env().network.listen({"n1", 0}, bell);

  REQUIRE(any->local().port != 0);
  REQUIRE(any->local() != other_one->local());
  first->reset();
  REQUIRE(host.env().network.listen({"n1", 7100}, bell));
}

TEST_CASE("closing a listener resets those who wait") {
  World world;
  Wire wire(world);
  Bell bell;
  auto stream = wire.client.env().network.connect({"n2", 7100}, bell);
  pass(world, 1s);
  wire.listener.reset();
  pass(world, 1s);

  REQUIRE(read_error(*stream) == NetError::reset);
}

TEST_CASE("a node can talk to itself") {
  World world;
  const Host host = start_host(world, "n1");
  Bell bell;
  auto listener = *host.env().network.listen({"n1", 7100}, bell);
  auto near = host.env().network.connect({"n1", 7100}, bell);
  pass(world, 1s);
  auto far = *listener->accept(bell);
  write(*near, "me").value();
  pass(world, 1s);
  REQUIRE(read_all(*far) == "me");

  world.kill(host.id, Death::crash);
  pass(world, 60s);
}

TEST_CASE("names of nodes are found, others fail, and both take time") {
  World world;
  const Host host = start_host(world, "n1");
  start_host(world, "n2");
  Bell bell;
  auto known = host.env().network.resolve("n2", 7100, bell);
  auto unknown = host.env().network.resolve("n3", 7100, bell);
  REQUIRE(known->result().error() == NetError::would_block);
  pass(world, 1s);

  REQUIRE(bell.rings == 2);
  REQUIRE(known->result() == std::vector<seam::Endpoint>{{"n2", 7100}});
  REQUIRE(unknown->result().error() == NetError::name_failure);
}

}  // namespace pre::sim::test
