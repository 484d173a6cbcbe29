// Draws: in range, spread out, and not those of another life.
#include <set>
#include <vector>

#include <preordain/seam/random.hpp>

#include "callbacks.hpp"

namespace pre::conformance {
namespace {

std::vector<std::uint64_t> draw(seam::Random& random, std::size_t count) {
  std::vector<std::uint64_t> drawn(count);
  for (std::uint64_t& one : drawn) one = random.next();
  return drawn;
}

TEMPLATE_TEST_CASE("below(n) is below n, and leaves nothing out", "[random]", Native, Simulated) {
  const Under<TestType> under;
  seam::Random& random = (*under).environment().random;

  for (const std::uint64_t n : {1, 2, 3, 10, 37}) {
    std::set<std::uint64_t> seen;
    for (int i = 0; i < 2'000; ++i) seen.insert(random.below(n));
    REQUIRE(*seen.rbegin() < n);
    REQUIRE(seen.size() == n);  // one is missing in 37 of e^54 cases
  }
  constexpr std::uint64_t large = std::uint64_t{1} << 40;
  for (int i = 0; i < 1'000; ++i) REQUIRE(random.below(large) < large);
  REQUIRE_FALSE(random.chance(0, 5));
  REQUIRE(random.chance(5, 5));
}

TEMPLATE_TEST_CASE("every bit is sometimes set and sometimes not", "[random]", Native, Simulated) {
  const Under<TestType> under;
  std::uint64_t ever = 0;
  std::uint64_t always = ~std::uint64_t{0};

  const auto drawn = draw((*under).environment().random, 256);
  for (const std::uint64_t one : drawn) {
    ever |= one;
    always &= one;
  }

  REQUIRE(ever == ~std::uint64_t{0});
  REQUIRE(always == 0);
  REQUIRE(std::set(drawn.begin(), drawn.end()).size() == drawn.size());
}

TEMPLATE_TEST_CASE("two lives and two nodes draw different numbers", "[random]", Native,
                   Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;

  const auto first = draw(world.environment().random, 4);
  const auto of_peer = draw(world.peer().random, 4);
  world.restart();
  const auto second = draw(world.environment().random, 4);

  REQUIRE(first != of_peer);
  REQUIRE(first != second);
}

TEMPLATE_TEST_CASE("turns may draw at the same time", "[random]", Native, Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  seam::Random& random = world.environment().random;
  std::vector<std::uint64_t> one;
  std::vector<std::uint64_t> two;
  Job first(world, 1, [&] { one.push_back(random.next()); });
  Job second(world, 2, [&] { two.push_back(random.next()); });

  for (int i = 0; i < 500; ++i) {
    first.add();
    second.add();
  }
  REQUIRE(world.run_until([&] { return first.idle() && second.idle(); }));

  std::set<std::uint64_t> all(one.begin(), one.end());
  all.insert(two.begin(), two.end());
  REQUIRE(all.size() == 1'000);
}

}  // namespace
}  // namespace pre::conformance
