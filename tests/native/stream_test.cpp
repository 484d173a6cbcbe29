// TCP on this machine.
#include <atomic>
#include <catch2/catch.hpp>
#include <numeric>
#include <string>
#include <thread>
#include <vector>

#include <preordain/native/machine.hpp>

#include "support.hpp"

namespace pre::native::test {
namespace {

using seam::NetError;

const seam::Endpoint loopback{"127.0.0.1", 0};

// Two ends of one connection, each with its own waker.
struct Pair {
  explicit Pair(seam::Network& network, const seam::Endpoint& at = loopback) {
    auto opened = network.listen(at, listening);
    REQUIRE(opened.has_value());
    listener = std::move(*opened);
    client = network.connect(listener->local(), client_wake);
    auto accepted = finish(listening, [&] { return listener->accept(server_wake); });
    REQUIRE(accepted.has_value());
    server = std::move(*accepted);
  }

  Waker listening;
  Waker client_wake;
  Waker server_wake;
  std::unique_ptr<seam::Listener> listener;
  std::unique_ptr<seam::Stream> client;
  std::unique_ptr<seam::Stream> server;
};

void write_all(seam::Stream& stream, Waker& waker, std::string_view text) {
  ByteView left = as_bytes(text);
  while (!left.empty()) {
    const auto taken = finish(waker, [&] { return stream.write(left); });
    PRE_ASSERT(taken, name_of(taken.error()));  // other threads use this: no Catch here
    left = left.subspan(*taken);
  }
}

// Reads until there is an error, which is given with the text.
std::pair<std::string, NetError> read_to_end(seam::Stream& stream, Waker& waker) {
  std::string text;
  std::vector<std::byte> piece(4096);
  for (;;) {
    const auto got = finish(waker, [&] { return stream.read(piece); });
    if (!got) return {text, got.error()};
    text += as_text(ByteView(piece).first(*got));
  }
}

std::string read_exactly(seam::Stream& stream, Waker& waker, std::size_t size) {
  std::string text;
  while (text.size() < size) {
    std::vector<std::byte> piece(size - text.size());
    const auto got = finish(waker, [&] { return stream.read(piece); });
    PRE_ASSERT(got, name_of(got.error()));
    text += as_text(ByteView(piece).first(*got));
  }
  return text;
}

TEST_CASE("a stream carries bytes both ways and knows its ends") {
  World world;
  Pair pair(world.network());

  write_all(*pair.client, pair.client_wake, "hello");
  REQUIRE(read_exactly(*pair.server, pair.server_wake, 5) == "hello");
  write_all(*pair.server, pair.server_wake, "and hello to you");
  REQUIRE(read_exactly(*pair.client, pair.client_wake, 16) == "and hello to you");

  REQUIRE(pair.client->remote() == pair.listener->local());
  REQUIRE(pair.server->remote() == pair.client->local());
  REQUIRE(pair.server->local() == pair.client->remote());
}

TEST_CASE("reading an idle stream would block, and a wake follows when bytes come, every time") {
  constexpr int rounds = 300;
  World world;
  Pair pair(world.network());
  std::vector<std::byte> into(16);
  write_all(*pair.client, pair.client_wake, "0");
  REQUIRE(read_exactly(*pair.server, pair.server_wake, 1) == "0");
  REQUIRE(pair.server->read(into).error() == NetError::would_block);
  REQUIRE(pair.server->read(into).error() == NetError::would_block);

  // Neither side has anything to read before the other was woken and has answered.
  std::thread echo([&] {
    for (int i = 0; i < rounds; ++i) {
      write_all(*pair.server, pair.server_wake, read_exactly(*pair.server, pair.server_wake, 1));
    }
  });
  int answered = 0;
  for (int i = 0; i < rounds; ++i) {
    write_all(*pair.client, pair.client_wake, "x");
    if (read_exactly(*pair.client, pair.client_wake, 1) == "x") ++answered;
  }
  echo.join();

  REQUIRE(answered == rounds);
}

TEST_CASE("a full stream takes no more, and a wake follows when it does again, every time") {
  World world;
  Pair pair(world.network());
  const std::string piece(65'536, 'f');
  write_all(*pair.client, pair.client_wake, piece);
  std::size_t written = piece.size();

  for (int round = 0; round < 5; ++round) {
    while (const auto taken = pair.client->write(as_bytes(piece))) written += *taken;
    REQUIRE(pair.client->write(as_bytes(piece)).error() == NetError::would_block);
    std::size_t got = 0;
    std::thread reader([&] { got = read_exactly(*pair.server, pair.server_wake, written).size(); });
    write_all(*pair.client, pair.client_wake, piece);  // blocks until the reader made room
    reader.join();
    REQUIRE(got == written);
    written = piece.size();
  }
}

TEST_CASE("IPv6 works like IPv4") {
  World world;
  Waker waker;
  if (!world.network().listen({"::1", 0}, waker)) {
    WARN("no IPv6 loopback on this machine");
    return;
  }
  Pair pair(world.network(), {"::1", 0});

  write_all(*pair.client, pair.client_wake, "six");

  REQUIRE(read_exactly(*pair.server, pair.server_wake, 3) == "six");
  REQUIRE(pair.server->remote().host == "::1");
}

TEST_CASE("a peer reads the end after everything that was written, and may still answer") {
  World world;
  Pair pair(world.network());

  write_all(*pair.client, pair.client_wake, "last words");
  pair.client->shutdown_write();
  pair.client->shutdown_write();

  const auto [text, why] = read_to_end(*pair.server, pair.server_wake);
  REQUIRE(text == "last words");
  REQUIRE(why == NetError::end);
  REQUIRE(pair.client->write(as_bytes("more")).error() == NetError::closed);
  write_all(*pair.server, pair.server_wake, "the answer");
  pair.server.reset();
  const auto [answer, end] = read_to_end(*pair.client, pair.client_wake);
  REQUIRE(answer == "the answer");
  REQUIRE(end == NetError::end);
}

TEST_CASE("bytes written before a stream is destroyed arrive, even if it left some unread") {
  World world;
  Pair pair(world.network());
  write_all(*pair.server, pair.server_wake, std::string(10'000, 'u'));
  // More than the system can have sent already: until it takes no more.
  const std::string piece(65'536, 'g');
  write_all(*pair.client, pair.client_wake, piece);
  std::size_t written = piece.size();
  for (;;) {
    const auto taken = pair.client->write(as_bytes(piece));
    if (!taken) break;
    written += *taken;
  }

  pair.client.reset();

  const auto [text, why] = read_to_end(*pair.server, pair.server_wake);
  REQUIRE(text.size() == written);
  REQUIRE(why == NetError::end);
}

TEST_CASE("a break that writing met first is no good end for the reader") {
  World world;
  Pair pair(world.network());
  write_all(*pair.client, pair.client_wake, "x");
  REQUIRE(read_exactly(*pair.server, pair.server_wake, 1) == "x");

  pair.server->abort();
  while (finish(pair.client_wake, [&] { return pair.client->write(as_bytes("y")); })) continue;

  REQUIRE(read_to_end(*pair.client, pair.client_wake).second == NetError::reset);
}

TEST_CASE("an aborted stream is reset on both sides") {
  World world;
  Pair pair(world.network());
  write_all(*pair.client, pair.client_wake, "x");
  REQUIRE(read_exactly(*pair.server, pair.server_wake, 1) == "x");

  pair.client->abort();

  REQUIRE(read_to_end(*pair.server, pair.server_wake).second == NetError::reset);
  REQUIRE(pair.server->write(as_bytes("y")).error() == NetError::reset);
  REQUIRE(read_to_end(*pair.client, pair.client_wake).second == NetError::reset);
  REQUIRE(pair.client->write(as_bytes("y")).error() == NetError::reset);
}

TEST_CASE("connecting to nobody is refused, to a name invalid") {
  World world;
  Waker waker;
  const std::uint16_t port = free_port().value();
  std::vector<std::byte> into(1);

  auto refused = world.network().connect({"127.0.0.1", port}, waker);
  REQUIRE(finish(waker, [&] { return refused->read(into); }).error() == NetError::refused);
  REQUIRE(refused->write(into).error() == NetError::refused);

  const unsigned seen = waker.wakes();
  auto named = world.network().connect({"localhost", port}, waker);
  waker.wait_for_more_than(seen);
  REQUIRE(named->read(into).error() == NetError::invalid);
}

TEST_CASE("a port that is listened on is in use, and free again afterwards") {
  World world;
  Waker waker;
  auto first = world.network().listen(loopback, waker);
  REQUIRE(first.has_value());
  const seam::Endpoint at = (*first)->local();
  REQUIRE(at.port != 0);

  auto second = world.network().listen(at, waker);
  REQUIRE_FALSE(second.has_value());
  REQUIRE(second.error() == NetError::in_use);

  first->reset();
  REQUIRE(world.network().listen(at, waker).has_value());
  REQUIRE(world.network().listen({"nowhere", 0}, waker).error() == NetError::invalid);
}

TEST_CASE("a writer faster than its reader is held back, and every byte arrives in order") {
  constexpr std::size_t size = 24 << 20;
  World world;
  Pair pair(world.network());
  std::string sent(size, '\0');
  std::uint32_t state = 1;
  for (char& c : sent) c = static_cast<char>((state = state * 1664525 + 1013904223) >> 24);

  // Fill the buffers first, so that there is back-pressure to be seen whatever the machine does.
  write_all(*pair.client, pair.client_wake, std::string_view(sent).substr(0, 1));
  std::size_t done = 1;
  while (done < size) {
    const auto taken = pair.client->write(as_bytes(std::string_view(sent).substr(done)));
    if (!taken) break;
    done += *taken;
  }
  REQUIRE(done < size);

  std::string received;
  std::atomic<bool> good_end{false};
  std::thread reader([&] {
    auto [text, why] = read_to_end(*pair.server, pair.server_wake);
    received = std::move(text);
    good_end = why == NetError::end;
  });
  write_all(*pair.client, pair.client_wake, std::string_view(sent).substr(done));
  pair.client->shutdown_write();
  reader.join();

  REQUIRE(good_end);
  REQUIRE(received == sent);
}

TEST_CASE("destroying objects while their waits are under way wakes nobody afterwards") {
  World world;
  for (int i = 0; i < 200; ++i) {
    // Freed memory at the end of each round: a late wake is seen by the sanitizers.
    auto pair = std::make_unique<Pair>(world.network());
    std::vector<std::byte> into(8);
    (void)pair->server->read(into);
    (void)pair->client->read(into);
    (void)pair->listener->accept(pair->listening);
    if (i % 2 == 0) (void)pair->client->write(as_bytes("racing with the destructor"));
    pair->server.reset();
    pair->client.reset();
    pair->listener.reset();
  }
  Waker waker;
  std::vector<std::byte> into(8);
  auto alone = world.network().connect({"127.0.0.1", free_port().value()}, waker);
  alone.reset();  // while it connects
}

}  // namespace
}  // namespace pre::native::test
