// Names to addresses.
#include <algorithm>
#include <catch2/catch.hpp>

#include "support.hpp"

namespace pre::native::test {
namespace {

using seam::NetError;

TEST_CASE("localhost has an address") {
  World world;
  Waker waker;

  auto lookup = world.network().resolve("localhost", 7100, waker);
  const auto found = finish(waker, [&] { return lookup->result(); });

  REQUIRE(found.has_value());
  REQUIRE(std::ranges::any_of(*found, [](const seam::Endpoint& endpoint) {
    return endpoint == seam::Endpoint{"127.0.0.1", 7100} || endpoint == seam::Endpoint{"::1", 7100};
  }));
}

TEST_CASE("a numeric address is its own answer") {
  World world;
  Waker waker;

  auto lookup = world.network().resolve("::1", 80, waker);
  waker.wait_for_more_than(0);

  REQUIRE(lookup->result().value() == std::vector{seam::Endpoint{"::1", 80}});
}

TEST_CASE("a name that does not exist has none") {
  World world;
  Waker waker;

  auto lookup = world.network().resolve("no-such-host.invalid", 80, waker);
  const auto found = finish(waker, [&] { return lookup->result(); });

  REQUIRE_FALSE(found.has_value());
  const bool expected =
      found.error() == NetError::name_failure || found.error() == NetError::timed_out;
  REQUIRE(expected);
}

TEST_CASE("a look-up that is given up wakes nobody") {
  World world;
  for (int i = 0; i < 50; ++i) {
    auto waker = std::make_unique<Waker>();
    auto lookup = world.network().resolve(i % 2 == 0 ? "localhost" : "127.0.0.1", 80, *waker);
    lookup.reset();
  }
}

}  // namespace
}  // namespace pre::native::test
