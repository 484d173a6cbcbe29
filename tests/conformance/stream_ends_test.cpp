// How streams end: in good order, abruptly, and while somebody still waits.
#include <vector>

#include "streams.hpp"

namespace pre::conformance {
namespace {

using seam::NetError;

TEMPLATE_TEST_CASE("a peer reads the end after everything written, and may still answer",
                   "[stream]", Native, Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  Pair pair(world);

  write_all(world, *pair.near, "last words");
  pair.near->shutdown_write();
  pair.near->shutdown_write();

  const Heard heard = read_to_end(world, *pair.far);
  REQUIRE(heard.text == "last words");
  REQUIRE(heard.why == NetError::end);
  REQUIRE(pair.near->write(as_bytes("more")).error() == NetError::closed);
  write_all(world, *pair.far, "the answer");
  pair.far.reset();
  const Heard answer = read_to_end(world, *pair.near);
  REQUIRE(answer.text == "the answer");
  REQUIRE(answer.why == NetError::end);
}

TEMPLATE_TEST_CASE("a stream that is shut down while connecting has an end and no bytes",
                   "[stream]", Native, Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  Bell bell(world);
  Bell near_bell(world);
  std::vector<std::byte> into(16);
  auto listener = world.peer().network.listen({world.peer_host(), 0}, bell);
  REQUIRE(listener.has_value());

  auto near = world.environment().network.connect((*listener)->local(), near_bell);
  near->shutdown_write();
  auto far = finish(world, [&] { return (*listener)->accept(bell); });
  REQUIRE(far.has_value());
  auto heard = (*far)->read(into);
  REQUIRE(world.run_until([&] {
    REQUIRE(near->read(into).error() == NetError::would_block);
    heard = (*far)->read(into);
    return heard != tl::make_unexpected(NetError::would_block);
  }));

  REQUIRE(heard.error() == NetError::end);
  write_all(world, **far, "ok");
  REQUIRE(read_exactly(world, *near, 2) == "ok");
}

TEMPLATE_TEST_CASE("bytes taken before a stream is destroyed arrive, even if it left some unread",
                   "[stream]", Native, Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  Pair pair(world);
  write_all(world, *pair.far, std::string(300, 'u'));
  REQUIRE(read_exactly(world, *pair.near, 1) == "u");
  const std::size_t taken = fill(world, *pair.near);

  pair.near.reset();

  const Heard heard = read_to_end(world, *pair.far);
  REQUIRE(heard.text.size() == taken);
  REQUIRE(is_flood(heard.text));
  REQUIRE(heard.why == NetError::end);
}

TEMPLATE_TEST_CASE("who writes to a stream whose peer is destroyed is reset in the end", "[stream]",
                   Native, Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  Pair pair(world);
  write_all(world, *pair.far, "bye");
  pair.far.reset();

  const Heard heard = read_to_end(world, *pair.near);
  REQUIRE(heard.text == "bye");
  REQUIRE(heard.why == NetError::end);
  REQUIRE(write_to_end(world, *pair.near) == NetError::reset);
}

TEMPLATE_TEST_CASE("an aborted stream is reset on both sides", "[stream]", Native, Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  Pair pair(world);
  std::vector<std::byte> into(1);
  write_all(world, *pair.near, "in flight, or in a buffer");

  pair.near->abort();

  REQUIRE(pair.near->read(into).error() == NetError::reset);
  REQUIRE(pair.near->write(into).error() == NetError::reset);
  const Heard heard = read_to_end(world, *pair.far);
  REQUIRE(std::string_view("in flight, or in a buffer").starts_with(heard.text));
  REQUIRE(heard.why == NetError::reset);
  REQUIRE(pair.far->write(into).error() == NetError::reset);
}

TEMPLATE_TEST_CASE("a break that writing met first is no good end for the reader", "[stream]",
                   Native, Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  Pair pair(world);

  pair.far->abort();

  REQUIRE(write_to_end(world, *pair.near) == NetError::reset);
  REQUIRE(read_to_end(world, *pair.near).why == NetError::reset);
}

TEMPLATE_TEST_CASE("an abort wakes a reader and a writer that wait", "[stream]", Native,
                   Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  Pair pair(world);
  std::vector<std::byte> into(1);
  const std::size_t taken = fill(world, *pair.near);
  REQUIRE(read_exactly(world, *pair.far, taken).size() == taken);
  fill(world, *pair.near);
  REQUIRE(pair.near->read(into).error() == NetError::would_block);

  pair.far->abort();

  REQUIRE(finish(world, [&] { return pair.near->read(into); }).error() == NetError::reset);
  REQUIRE(write_to_end(world, *pair.near) == NetError::reset);
}

TEMPLATE_TEST_CASE("an end wakes a reader that waits", "[stream]", Native, Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  Pair pair(world);
  std::vector<std::byte> into(1);
  const unsigned seen = pair.far_bell.rings();
  REQUIRE(pair.far->read(into).error() == NetError::would_block);

  pair.near.reset();

  REQUIRE(world.run_until([&] { return pair.far_bell.rings() > seen; }));
  REQUIRE(finish(world, [&] { return pair.far->read(into); }).error() == NetError::end);
  REQUIRE(pair.far->read(into).error() == NetError::end);
}

TEMPLATE_TEST_CASE("a listener that goes resets those who wait to be accepted", "[stream]", Native,
                   Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  Pair pair(world);
  Bell bell(world);
  auto waiting = world.environment().network.connect(pair.listener->local(), bell);
  write_all(world, *waiting, "anybody?");

  pair.listener.reset();

  REQUIRE(read_to_end(world, *waiting).why == NetError::reset);
  write_all(world, *pair.near, "still here");
  REQUIRE(read_exactly(world, *pair.far, 10) == "still here");
}

TEMPLATE_TEST_CASE("nobody is woken after the object is destroyed", "[stream]", Native, Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  for (int round = 0; round < 20; ++round) {
    Pair pair(world);
    std::vector<std::byte> into(8);
    Bell connecting_bell(world);
    auto connecting = world.environment().network.connect(pair.listener->local(), connecting_bell);
    (void)connecting->read(into);
    (void)pair.near->read(into);
    if (round % 2 == 0) fill(world, *pair.near);
    (void)pair.listener->accept(pair.far_bell);

    connecting.reset();
    pair.near.reset();
    pair.listener.reset();
    const unsigned rings =
        connecting_bell.rings() + pair.near_bell.rings() + pair.listening.rings();

    (void)pair.far->write(as_bytes("too late"));
    (void)read_to_end(world, *pair.far);
    REQUIRE(connecting_bell.rings() + pair.near_bell.rings() + pair.listening.rings() == rings);
  }
}

}  // namespace
}  // namespace pre::conformance
