// Streams while they live: connecting, carrying, holding back.
#include <vector>

#include "streams.hpp"

namespace pre::conformance {
namespace {

using seam::NetError;

TEMPLATE_TEST_CASE("a stream carries bytes both ways and knows its ends", "[stream]", Native,
                   Simulated) {
  const Under<TestType> under;
  Pair pair(*under);

  write_all(*under, *pair.near, "hello");
  REQUIRE(read_exactly(*under, *pair.far, 5) == "hello");
  write_all(*under, *pair.far, "and hello to you");
  REQUIRE(read_exactly(*under, *pair.near, 16) == "and hello to you");

  REQUIRE(pair.near->remote() == pair.listener->local());
  REQUIRE(pair.far->local() == pair.listener->local());
  REQUIRE(pair.far->remote() == pair.near->local());
  REQUIRE(pair.near->local().host == (*under).host());
  REQUIRE(pair.near->write({}) == 0);
  REQUIRE(pair.near->local().port != 0);
}

TEMPLATE_TEST_CASE("writing may begin before the connection stands", "[stream]", Native,
                   Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  Bell listening(world);
  Bell bell(world);
  auto listener = world.peer().network.listen({world.peer_host(), 0}, listening);
  REQUIRE(listener.has_value());

  auto near = world.environment().network.connect((*listener)->local(), bell);
  write_all(world, *near, "early");
  Bell far_bell(world);
  auto far = finish(world, [&] { return (*listener)->accept(far_bell); });

  REQUIRE(far.has_value());
  REQUIRE(read_exactly(world, **far, 5) == "early");
}

TEMPLATE_TEST_CASE("an idle stream would block, and the wake follows when bytes come", "[stream]",
                   Native, Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  Pair pair(world);
  std::vector<std::byte> into(16);

  const unsigned seen = pair.far_bell.rings();
  REQUIRE(pair.far->read(into).error() == NetError::would_block);
  REQUIRE(pair.far->read(into).error() == NetError::would_block);
  write_all(world, *pair.near, "y");

  REQUIRE(world.run_until([&] { return pair.far_bell.rings() > seen; }));
  REQUIRE(read_exactly(world, *pair.far, 1) == "y");
}

TEMPLATE_TEST_CASE("a full stream would block, and the wake follows when there is room", "[stream]",
                   Native, Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  Pair pair(world);

  const unsigned seen = pair.near_bell.rings();
  const std::size_t taken = fill(world, *pair.near);
  const std::string got = read_exactly(world, *pair.far, taken);

  REQUIRE(is_flood(got));
  REQUIRE(world.run_until([&] { return pair.near_bell.rings() > seen; }));
  write_all(world, *pair.near, "y");
  REQUIRE(read_exactly(world, *pair.far, 1) == "y");
}

// One direction of a flood: writes as much as is taken, reads as much as is there.
class Flow {
 public:
  Flow(std::size_t size, seam::Stream& from, seam::Stream& to)
      : size_(size), from_(from), to_(to), piece_(100'000) {}

  void push() {
    while (written_ < size_) {
      const auto taken = from_.write(as_bytes(flood_at(written_, size_)));
      if (!taken) return note(taken.error());
      written_ += *taken;
    }
    from_.shutdown_write();
  }
  void pull() {
    while (!over_) {
      const auto got = to_.read(piece_);
      if (!got) return note(got.error());
      intact_ = intact_ && is_flood(as_text(ByteView(piece_).first(*got)), read_);
      read_ += *got;
    }
  }
  bool is_over() const { return over_; }
  std::size_t written() const { return written_; }
  // Every byte came, in order, and then a good end.
  bool is_complete() const { return intact_ && read_ == size_ && why_ == NetError::end; }

 private:
  void note(NetError error) {
    if (error == NetError::would_block) return;
    over_ = true;
    why_ = error;
  }

  const std::size_t size_;
  seam::Stream& from_;
  seam::Stream& to_;
  std::vector<std::byte> piece_;
  std::size_t written_ = 0;
  std::size_t read_ = 0;
  bool intact_ = true;
  bool over_ = false;
  NetError why_{};
};

TEMPLATE_TEST_CASE("floods both ways at once are held back, and arrive whole", "[stream]", Native,
                   Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  Pair pair(world);
  Flow there(world.flood(), *pair.near, *pair.far);
  Flow back(world.flood(), *pair.far, *pair.near);

  there.push();
  back.push();
  REQUIRE(there.written() < world.flood());
  REQUIRE(back.written() < world.flood());

  REQUIRE(world.run_until([&] {
    there.push();
    back.push();
    there.pull();
    back.pull();
    return there.is_over() && back.is_over();
  }));
  REQUIRE(there.is_complete());
  REQUIRE(back.is_complete());
}

TEMPLATE_TEST_CASE("many connections to one listener do not mix", "[stream]", Native, Simulated) {
  constexpr std::size_t count = 20;
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  Bell bell(world);
  auto listener = world.peer().network.listen({world.peer_host(), 0}, bell);
  REQUIRE(listener.has_value());
  std::vector<std::unique_ptr<seam::Stream>> near;
  for (std::size_t i = 0; i < count; ++i) {
    near.push_back(world.environment().network.connect((*listener)->local(), bell));
    write_all(world, *near.back(), near.back()->local().text() + "\n");
  }

  for (std::size_t i = 0; i < count; ++i) {
    const auto far = finish(world, [&] { return (*listener)->accept(bell); });
    REQUIRE(far.has_value());
    const std::string greeting = (*far)->remote().text() + "\n";
    REQUIRE(read_exactly(world, **far, greeting.size()) == greeting);
  }
  REQUIRE((*listener)->accept(bell).error() == NetError::would_block);
}

TEMPLATE_TEST_CASE("port 0 is any free port, and a port that is listened on is in use", "[stream]",
                   Native, Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  seam::Network& network = world.environment().network;
  Bell bell(world);

  auto one = network.listen({world.host(), 0}, bell);
  auto two = network.listen({world.host(), 0}, bell);
  REQUIRE(one.has_value());
  REQUIRE(two.has_value());
  const seam::Endpoint at = (*one)->local();
  REQUIRE(at.host == world.host());
  REQUIRE(at.port != 0);
  REQUIRE((*two)->local().port != at.port);

  for (int i = 0; i < 20; ++i) {
    REQUIRE(network.listen(at, bell).error() == NetError::in_use);
    one->reset();
    one = network.listen(at, bell);
    REQUIRE(one.has_value());
  }
}

TEMPLATE_TEST_CASE("who listens at all addresses is reached at its own", "[stream]", Native,
                   Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  Bell bell(world);
  const auto listener = world.peer().network.listen({"0.0.0.0", 0}, bell);
  REQUIRE(listener.has_value());
  const seam::Endpoint at{world.peer_host(), (*listener)->local().port};

  const auto near = world.environment().network.connect(at, bell);
  write_all(world, *near, "x");
  const auto far = finish(world, [&] { return (*listener)->accept(bell); });

  REQUIRE(far.has_value());
  REQUIRE((*far)->local() == at);
  REQUIRE(read_exactly(world, **far, 1) == "x");
}

TEMPLATE_TEST_CASE("what is not an address of this world is invalid", "[stream]", Native,
                   Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  seam::Network& network = world.environment().network;
  Bell bell(world);
  std::vector<std::byte> into(1);

  REQUIRE(network.listen({"no/such/host", 0}, bell).error() == NetError::invalid);
  auto stream = network.connect({"no/such/host", 7100}, bell);
  REQUIRE(finish(world, [&] { return stream->read(into); }).error() == NetError::invalid);
  REQUIRE(stream->write(into).error() == NetError::invalid);
}

TEMPLATE_TEST_CASE("connecting to nobody is refused", "[stream]", Native, Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  const seam::Endpoint nobody = deserted(world);
  Bell bell(world);
  std::vector<std::byte> into(1);

  auto stream = world.environment().network.connect(nobody, bell);

  REQUIRE(finish(world, [&] { return stream->read(into); }).error() == NetError::refused);
  REQUIRE(stream->write(into).error() == NetError::refused);
  REQUIRE(stream->read(into).error() == NetError::refused);
  REQUIRE(stream->remote() == nobody);
}

}  // namespace
}  // namespace pre::conformance
