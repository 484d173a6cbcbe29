// Keyed decisions: what they depend on, and what they do not.
#include "choice.hpp"

#include <catch2/catch.hpp>
#include <vector>

namespace pre::sim {

namespace {
std::vector<std::uint64_t> draws(Choice& choice, Scope& scope, Site site, int count) {
  std::vector<std::uint64_t> values;
  for (int i = 0; i < count; ++i) values.push_back(choice.below(scope, site, 1'000'000));
  return values;
}
Choice choice_of(std::uint64_t seed, Decider* decider = nullptr) {
  Choice choice;
  choice.reset(seed, decider);
  return choice;
}

struct Calm final : Decider {
  std::uint64_t decide(const Decision& decision, std::uint64_t) override {
    sites.emplace_back(decision.site);
    return 0;
  }
  std::vector<std::string> sites;
};
}  // namespace

TEST_CASE("the same key gives the same value") {
  Choice one = choice_of(5);
  Choice two = choice_of(5);
  Scope a(NodeId{1}, 9);
  Scope b(NodeId{1}, 9);

  REQUIRE(draws(one, a, Site::latency, 50) == draws(two, b, Site::latency, 50));
}

TEST_CASE("seed, scope and site each change the value") {
  Choice one = choice_of(5);
  Choice other_seed = choice_of(6);
  Scope a(NodeId{1}, 9);
  Scope b(NodeId{1}, 9);
  Scope other_node(NodeId{2}, 9);
  const auto reference = draws(one, a, Site::latency, 50);

  REQUIRE(draws(other_seed, b, Site::latency, 50) != reference);
  REQUIRE(draws(one, other_node, Site::latency, 50) != reference);
  REQUIRE(draws(one, a, Site::slow_by, 50) != reference);
}

TEST_CASE("a draw at another site or in another scope shifts nothing") {
  Choice plain = choice_of(5);
  Choice busy = choice_of(5);
  Scope a(NodeId{1}, 9);
  Scope b(NodeId{1}, 9);
  Scope elsewhere(NodeId{2}, 9);

  std::vector<std::uint64_t> disturbed;
  for (int i = 0; i < 50; ++i) {
    busy.below(b, Site::stall_length, 77);
    busy.fires(elsewhere, Site::latency, one_in(3));
    disturbed.push_back(busy.below(b, Site::latency, 1'000'000));
  }

  REQUIRE(disturbed == draws(plain, a, Site::latency, 50));
}

TEST_CASE("values stay below their bound and reach all of it") {
  Choice choice = choice_of(3);
  Scope scope(NodeId{0}, 1);
  std::vector<int> seen(7);
  for (int i = 0; i < 700; ++i) ++seen[choice.below(scope, Site::turn, 7)];

  for (int count : seen) REQUIRE(count > 50);
}

TEST_CASE("a fault fires as often as its chance says") {
  Choice choice = choice_of(3);
  Scope scope(NodeId{0}, 1);
  int fired = 0;
  for (int i = 0; i < 10'000; ++i) fired += choice.fires(scope, Site::reset, one_in(10)) ? 1 : 0;

  REQUIRE(fired > 800);
  REQUIRE(fired < 1200);
  REQUIRE_FALSE(choice.fires(scope, Site::reset, impossible));
  REQUIRE(choice.fires(scope, Site::reset, certain));
}

TEST_CASE("a decider sees every decision and may answer it") {
  Calm calm;
  Choice choice = choice_of(3, &calm);
  Scope scope(NodeId{0}, 1);

  REQUIRE(choice.below(scope, Site::turn, 7) == 0);
  REQUIRE_FALSE(choice.fires(scope, Site::reset, certain));
  REQUIRE(choice.between(scope, Site::latency, 3ms, 9ms) == 3ms);
  REQUIRE(choice.around_zero(scope, Site::drift, 100) == 0);
  REQUIRE(calm.sites ==
          std::vector<std::string>{"schedule.turn", "net.reset", "net.latency", "clock.drift"});
}

TEST_CASE("drawn knobs are the same for the same seed, and one seed in twenty is calm") {
  int calm = 0;
  int with_loss = 0;
  for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
    const Knobs knobs = Knobs::drawn(seed);
    REQUIRE(knobs.latency_min <= knobs.latency_max);
    REQUIRE(knobs.datagram_loss == Knobs::drawn(seed).datagram_loss);
    with_loss += knobs.datagram_loss == impossible ? 0 : 1;
    calm += knobs.datagram_late_max == 0ns ? 1 : 0;  // the one knob that only a calm seed leaves
  }

  REQUIRE(calm > 25);
  REQUIRE(calm < 80);
  REQUIRE(with_loss > 300);
  REQUIRE(with_loss < 460);
}

}  // namespace pre::sim
