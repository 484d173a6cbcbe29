// Datagrams may be lost, doubled and reordered: a test sends again until it hears something.
#include <optional>
#include <string>
#include <vector>

#include "callbacks.hpp"

namespace pre::conformance {
namespace {

using seam::NetError;
using Received = seam::Datagram::Received;

constexpr std::size_t datagram_max = 65'507;  // what fits into UDP over IPv4
constexpr Duration send_again = 20ms;

// One socket on each node.
struct Post {
  explicit Post(WorldUnderTest& w) : world(w), near_bell(w), far_bell(w) {
    near = open(world.environment(), world.host(), near_bell);
    far = open(world.peer(), world.peer_host(), far_bell);
  }
  static std::unique_ptr<seam::Datagram> open(seam::Environment& environment, std::string host,
                                              Bell& bell) {
    auto opened = environment.network.open_datagram({std::move(host), 0}, bell);
    REQUIRE(opened.has_value());
    return std::move(*opened);
  }

  WorldUnderTest& world;
  Bell near_bell;
  Bell far_bell;
  std::unique_ptr<seam::Datagram> near;
  std::unique_ptr<seam::Datagram> far;
};

// Sends the text now and again until something arrives at `to`.
Received send_until_received(WorldUnderTest& world, seam::Datagram& from, seam::Datagram& to,
                             std::string_view text, std::span<std::byte> into) {
  const seam::Environment& environment = world.environment();
  Alarm again(world);
  TimerId armed;
  std::optional<Received> received;
  unsigned sent = 0;
  const bool done = world.run_until([&] {
    if (const auto got = to.receive(into)) {
      received = *got;
    } else if (again.fired() == sent) {
      REQUIRE(got.error() == NetError::would_block);
      ++sent;
      armed = environment.timers.arm(environment.clock.now() + send_again, again);
      REQUIRE(from.send(to.local(), as_bytes(text)).has_value());
    }
    return received.has_value();
  });
  // The alarm must outlive its timer.
  if (sent > 0 && !environment.timers.cancel(armed)) {
    REQUIRE(world.run_until([&] { return again.fired() == sent; }));
  }
  REQUIRE(done);
  return *received;
}

TEMPLATE_TEST_CASE("a datagram arrives whole, with the address of its sender", "[datagram]", Native,
                   Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  Post post(world);
  std::vector<std::byte> into(1000);
  REQUIRE(post.near->local().host == world.host());
  REQUIRE(post.near->local().port != 0);

  const Received there = send_until_received(world, *post.near, *post.far, "ping", into);
  REQUIRE(as_text(ByteView(into).first(there.size)) == "ping");
  REQUIRE(there.from == post.near->local());

  const Received back = send_until_received(world, *post.far, *post.near, "pong!", into);
  REQUIRE(as_text(ByteView(into).first(back.size)) == "pong!");
  REQUIRE(back.from == post.far->local());
}

TEMPLATE_TEST_CASE("what does not fit into the buffer is cut off and does not come again",
                   "[datagram]", Native, Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  Post post(world);
  std::vector<std::byte> into(10);
  const std::string text = "0123456789 and more";

  for (int i = 0; i < 3; ++i) {
    const Received received = send_until_received(world, *post.near, *post.far, text, into);
    REQUIRE(received.size == into.size());
    REQUIRE(as_text(into) == text.substr(0, into.size()));
  }
}

TEMPLATE_TEST_CASE("the largest datagram passes, a larger one is too big", "[datagram]", Native,
                   Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  Post post(world);
  std::vector<std::byte> into(datagram_max + 1);
  const std::string text(datagram_max, 'd');

  const seam::Endpoint to = post.far->local();
  REQUIRE(post.near->send(to, as_bytes(text + "d")).error() == NetError::too_big);
  REQUIRE(post.near->send(to, as_bytes(text + text)).error() == NetError::too_big);

  const Received received = send_until_received(world, *post.near, *post.far, text, into);
  REQUIRE(received.size == text.size());
  REQUIRE(as_text(ByteView(into).first(received.size)) == text);
}

TEMPLATE_TEST_CASE("an empty datagram is one, too", "[datagram]", Native, Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  Post post(world);
  std::vector<std::byte> into(10);

  const Received received = send_until_received(world, *post.near, *post.far, "", into);

  REQUIRE(received.size == 0);
  REQUIRE(received.from == post.near->local());
}

TEMPLATE_TEST_CASE("a datagram to nobody harms nobody", "[datagram]", Native, Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  Post post(world);
  std::vector<std::byte> into(10);
  const seam::Endpoint gone = post.far->local();
  post.far.reset();

  for (int i = 0; i < 5; ++i) REQUIRE(post.near->send(gone, as_bytes("hello?")).has_value());
  post.far = Post::open(world.peer(), world.peer_host(), post.far_bell);

  const Received received = send_until_received(world, *post.far, *post.near, "here", into);
  REQUIRE(as_text(ByteView(into).first(received.size)) == "here");
}

TEMPLATE_TEST_CASE("a datagram port is taken once, and free again afterwards", "[datagram]", Native,
                   Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  Post post(world);
  seam::Network& network = world.environment().network;
  Bell bell(world);
  const seam::Endpoint at = post.near->local();

  for (int i = 0; i < 20; ++i) {
    REQUIRE(network.open_datagram(at, bell).error() == NetError::in_use);
    post.near.reset();
    auto again = network.open_datagram(at, bell);
    REQUIRE(again.has_value());
    post.near = std::move(*again);
  }
}

TEMPLATE_TEST_CASE("a datagram to what is not an address is invalid", "[datagram]", Native,
                   Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  Post post(world);
  Bell bell(world);
  const ByteView text = as_bytes("x");

  REQUIRE(post.near->send({"no/such/host", 7100}, text).error() == NetError::invalid);
  REQUIRE(post.near->send({world.peer_host(), 0}, text).error() == NetError::invalid);
  REQUIRE(world.environment().network.open_datagram({"no/such/host", 0}, bell).error() ==
          NetError::invalid);
}

TEMPLATE_TEST_CASE("a datagram wakes its receiver, but not once the socket is destroyed",
                   "[datagram]", Native, Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  Post post(world);
  std::vector<std::byte> into(10);

  const unsigned seen = post.far_bell.rings();
  REQUIRE(post.far->receive(into).error() == NetError::would_block);
  send_until_received(world, *post.near, *post.far, "x", into);
  REQUIRE(world.run_until([&] { return post.far_bell.rings() > seen; }));

  (void)post.far->receive(into);
  const seam::Endpoint gone = post.far->local();
  post.far.reset();
  const unsigned rings = post.far_bell.rings();
  for (int i = 0; i < 5; ++i) (void)post.near->send(gone, as_bytes("too late"));
  Post later(world);
  send_until_received(world, *later.near, *later.far, "x", into);
  REQUIRE(post.far_bell.rings() == rings);
}

}  // namespace
}  // namespace pre::conformance
