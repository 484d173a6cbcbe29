// UDP on this machine.
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "support.hpp"

namespace pre::native::test {
namespace {

using seam::NetError;

TEST_CASE("a datagram arrives whole, with the address of its sender") {
  World world;
  Waker one_wake;
  Waker two_wake;
  auto one = world.network().open_datagram({"127.0.0.1", 0}, one_wake);
  auto two = world.network().open_datagram({"127.0.0.1", 0}, two_wake);
  REQUIRE(one.has_value());
  REQUIRE(two.has_value());
  std::vector<std::byte> into(64);
  REQUIRE((*two)->receive(into).error() == NetError::would_block);

  // The loopback loses nothing while the buffers have room.
  REQUIRE((*one)->send((*two)->local(), as_bytes("ping")).has_value());

  const auto ping = finish(two_wake, [&] { return (*two)->receive(into); });
  REQUIRE(ping.has_value());
  REQUIRE(as_text(ByteView(into).first(ping->size)) == "ping");
  REQUIRE(ping->from == (*one)->local());
  REQUIRE((*two)->send(ping->from, as_bytes("pong")).has_value());
  const auto pong = finish(one_wake, [&] { return (*one)->receive(into); });
  REQUIRE(pong.has_value());
  REQUIRE(as_text(ByteView(into).first(pong->size)) == "pong");
}

TEST_CASE("what does not fit is cut off, what is too long is not sent") {
  World world;
  Waker waker;
  auto opened = world.network().open_datagram({"127.0.0.1", 0}, waker);
  REQUIRE(opened.has_value());
  seam::Datagram& self = **opened;
  std::vector<std::byte> into(4);

  REQUIRE(self.send(self.local(), as_bytes("123456789")).has_value());
  const auto got = finish(waker, [&] { return self.receive(into); });

  REQUIRE(got.has_value());
  REQUIRE(as_text(ByteView(into).first(got->size)) == "1234");
  REQUIRE(self.send(self.local(), as_bytes(std::string(70'000, 'x'))).error() == NetError::too_big);
  REQUIRE(self.send({"not-an-address", 7}, as_bytes("x")).error() == NetError::invalid);
  REQUIRE(world.network().open_datagram(self.local(), waker).error() == NetError::in_use);
}

TEST_CASE("an IPv6 datagram socket on all addresses reaches IPv4 and names it as such") {
  World world;
  Waker six_wake;
  Waker four_wake;
  auto six = world.network().open_datagram({"::", 0}, six_wake);
  if (!six) {
    WARN("no IPv6 on this machine");
    return;
  }
  auto four = world.network().open_datagram({"127.0.0.1", 0}, four_wake);
  REQUIRE(four.has_value());
  std::vector<std::byte> into(16);

  REQUIRE((*six)->send((*four)->local(), as_bytes("mapped")).has_value());
  const auto got = finish(four_wake, [&] { return (*four)->receive(into); });
  REQUIRE(got.has_value());
  REQUIRE((*four)->send({"127.0.0.1", (*six)->local().port}, as_bytes("back")).has_value());
  const auto back = finish(six_wake, [&] { return (*six)->receive(into); });

  REQUIRE(back.has_value());
  REQUIRE(back->from == (*four)->local());
}

}  // namespace
}  // namespace pre::native::test
