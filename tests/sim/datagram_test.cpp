// Datagrams and everything that may befall them.
#include <array>

#include "support.hpp"

namespace pre::sim::test {

using seam::NetError;

namespace {

struct Post {
  World world;
  Host sender, receiver;
  Bell bell;
  std::unique_ptr<seam::Datagram> from, to;

  explicit Post(Knobs knobs)
      : world({.seed = 4, .knobs = knobs}),
        sender(start_host(world, "n1")),
        receiver(start_host(world, "n2")),
        from(*sender.env().network.open_datagram({"n1", 0}, bell)),
        to(*receiver.env().network.open_datagram({"n2", 7200}, bell)) {}

  void send(int number) { REQUIRE(from->send({"n2", 7200}, as_bytes(std::to_string(number)))); }
  std::vector<int> received() {
    std::vector<int> numbers;
    std::array<std::byte, 64> buffer;
    while (const auto one = to->receive(buffer)) {
      numbers.push_back(std::stoi(std::string(as_text(ByteView(buffer).first(one->size)))));
    }
    return numbers;
  }
};

std::vector<int> up_to(int n) {
  std::vector<int> numbers;
  for (int i = 0; i < n; ++i) numbers.push_back(i);
  return numbers;
}

}  // namespace

TEST_CASE("datagrams arrive whole, in order in a calm world, and say where they come from") {
  Post post({.latency_min = 1ms, .latency_max = 10ms});
  for (int i = 0; i < 50; ++i) post.send(i);
  pass(post.world, 1s);
  REQUIRE(post.bell.rings == 1);
  REQUIRE(post.received() == up_to(50));

  REQUIRE(post.from->send({"n2", 7200}, as_bytes("long")));
  pass(post.world, 1s);
  REQUIRE(post.bell.rings == 2);
  std::array<std::byte, 2> small;
  const auto one = post.to->receive(small);
  REQUIRE(one->size == 2);
  REQUIRE(one->from == post.from->local());
  REQUIRE(post.to->receive(small).error() == NetError::would_block);
}

TEST_CASE("lossy links lose some") {
  Post post({.datagram_loss = one_in(4)});
  for (int i = 0; i < 200; ++i) post.send(i);
  pass(post.world, 1s);

  const auto count = post.received().size();
  REQUIRE(count > 120);
  REQUIRE(count < 180);
}

TEST_CASE("doubled datagrams come twice") {
  Post post({.datagram_duplicate = certain, .datagram_late_max = 10ms});
  for (int i = 0; i < 20; ++i) post.send(i);
  pass(post.world, 1s);

  REQUIRE(post.received().size() == 40);
}

TEST_CASE("late datagrams are overtaken") {
  Post post({.datagram_reorder = one_in(3), .datagram_late_max = 100ms});
  for (int i = 0; i < 50; ++i) post.send(i);
  pass(post.world, 1s);
  const auto numbers = post.received();

  REQUIRE(numbers.size() == 50);
  REQUIRE(numbers != up_to(50));
}

TEST_CASE("a cut, a missing listener and a full queue lose datagrams silently") {
  Post post({.datagram_queue = 3});
  post.world.cut(post.sender.id, post.receiver.id);
  post.send(1);
  pass(post.world, 1s);
  post.world.heal_all();
  REQUIRE(post.received().empty());

  for (int i = 0; i < 10; ++i) post.send(i);
  pass(post.world, 1s);
  REQUIRE(post.received() == up_to(3));

  REQUIRE(post.from->send({"n2", 1}, as_bytes("x")));
  post.world.kill(post.receiver.id, Death::crash);
  post.send(1);
  pass(post.world, 1s);
}

TEST_CASE("what cannot be sent is refused") {
  Post post({});
  const std::string large(65'508, 'x');

  REQUIRE(post.from->send({"n2", 7200}, as_bytes(large)).error() == NetError::too_big);
  REQUIRE(post.from->send({"n2", 7200}, as_bytes(large).first(65'507)));
  REQUIRE(post.from->send({"nowhere", 7200}, as_bytes("x")).error() == NetError::invalid);
  REQUIRE(post.receiver.env().network.open_datagram({"n2", 7200}, post.bell).error() ==
          NetError::in_use);
}

}  // namespace pre::sim::test
