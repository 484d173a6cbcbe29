// Names and their addresses.
#include <algorithm>
#include <memory>

#include "callbacks.hpp"

namespace pre::conformance {
namespace {

using seam::NetError;

TEMPLATE_TEST_CASE("a name that is known has an address one can listen at", "[resolver]", Native,
                   Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  Bell bell(world);

  const auto lookup = world.environment().network.resolve(world.known_name(), 7100, bell);
  const auto found = finish(world, [&] { return lookup->result(); });

  REQUIRE(found.has_value());
  REQUIRE_FALSE(found->empty());
  REQUIRE(lookup->result() == *found);
  Bell listening(world);
  REQUIRE(std::ranges::all_of(*found, [](const auto& endpoint) { return endpoint.port == 7100; }));
  REQUIRE(std::ranges::any_of(*found, [&](const auto& endpoint) {
    return world.peer().network.listen({endpoint.host, 0}, listening).has_value();
  }));
}

TEMPLATE_TEST_CASE("the answer to a look-up wakes", "[resolver]", Native, Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  Bell bell(world);

  const auto lookup = world.environment().network.resolve(world.known_name(), 7100, bell);

  REQUIRE(world.run_until([&] { return bell.rings() > 0 && lookup->result().has_value(); }));
}

TEMPLATE_TEST_CASE("an address is its own answer", "[resolver]", Native, Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  Bell bell(world);

  const auto lookup = world.environment().network.resolve(world.peer_host(), 80, bell);
  const auto found = finish(world, [&] { return lookup->result(); });

  REQUIRE(found == std::vector<seam::Endpoint>{{world.peer_host(), 80}});
}

TEMPLATE_TEST_CASE("a name that does not exist has no address", "[resolver]", Native, Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  Bell bell(world);

  const auto lookup = world.environment().network.resolve("no-such-host.invalid", 80, bell);
  const auto found = finish(world, [&] { return lookup->result(); });

  // A machine off the net cannot say no; it can only wait in vain.
  REQUIRE_FALSE(found.has_value());
  const NetError why = found.error();
  const bool expected = why == NetError::name_failure || why == NetError::timed_out;
  REQUIRE(expected);
  REQUIRE(lookup->result().error() == why);
}

TEMPLATE_TEST_CASE("a look-up that is given up wakes nobody", "[resolver]", Native, Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  seam::Network& network = world.environment().network;
  Bell given_up(world);

  for (int i = 0; i < 20; ++i) {
    (void)network.resolve(i % 2 == 0 ? world.known_name() : world.host(), 80, given_up);
  }
  const unsigned rings = given_up.rings();
  Bell bell(world);
  const auto later = network.resolve(world.known_name(), 80, bell);
  REQUIRE(finish(world, [&] { return later->result(); }).has_value());

  REQUIRE(given_up.rings() == rings);
}

}  // namespace
}  // namespace pre::conformance
