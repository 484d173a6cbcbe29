// The order of the future.
#include "event_queue.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <utility>
#include <vector>

#include <preordain/base/hash.hpp>

namespace pre::sim {

namespace {
struct Nobody final : Happening {
  void happen(std::uint64_t) override {}
};
std::vector<std::uint64_t> drain(EventQueue& queue) {
  std::vector<std::uint64_t> order;
  while (auto due = queue.pop(never)) order.push_back(due->argument);
  return order;
}
constexpr Instant at(std::int64_t t) { return Instant(Duration(t)); }
}  // namespace

TEST_CASE("events come in the order of their time") {
  EventQueue queue;
  Nobody nobody;
  std::vector<std::uint64_t> times;
  for (std::uint64_t i = 0; i < 1000; ++i) {
    times.push_back(mix(i) % 500);
    queue.plan(at(static_cast<std::int64_t>(times.back())), nobody, times.back());
  }

  std::sort(times.begin(), times.end());
  REQUIRE(drain(queue) == times);
}

TEST_CASE("events of one instant come in the order in which they were planned") {
  EventQueue queue;
  Nobody nobody;
  for (std::uint64_t i = 0; i < 100; ++i) queue.plan(at(7), nobody, i);

  const auto order = drain(queue);

  REQUIRE(order.size() == 100);
  REQUIRE(std::is_sorted(order.begin(), order.end()));
}

TEST_CASE("an event beyond the limit stays planned") {
  EventQueue queue;
  Nobody nobody;
  queue.plan(at(10), nobody, 1);

  REQUIRE_FALSE(queue.pop(at(9)));
  REQUIRE_FALSE(queue.empty());
  REQUIRE(queue.pop(at(10)));
  REQUIRE(queue.empty());
}

TEST_CASE("a cancelled event does not happen, and is cancelled once") {
  EventQueue queue;
  Nobody nobody;
  const Ticket first = queue.plan(at(1), nobody, 1);
  queue.plan(at(2), nobody, 2);

  REQUIRE(queue.cancel(first));
  REQUIRE_FALSE(queue.cancel(first));
  REQUIRE(drain(queue) == std::vector<std::uint64_t>{2});
}

TEST_CASE("a ticket of an event that happened cancels nothing, even if its slot is in use again") {
  EventQueue queue;
  Nobody nobody;
  const Ticket old = queue.plan(at(1), nobody, 1);
  queue.pop(never);
  queue.plan(at(2), nobody, 2);

  REQUIRE_FALSE(queue.cancel(old));
  REQUIRE(drain(queue) == std::vector<std::uint64_t>{2});
}

TEST_CASE("sweeping many cancelled events keeps the order of the others") {
  EventQueue queue;
  Nobody nobody;
  std::vector<Ticket> tickets;
  std::vector<std::uint64_t> kept;
  for (std::uint64_t i = 0; i < 10'000; ++i) {
    const Ticket ticket = queue.plan(at(static_cast<std::int64_t>(mix(i) % 1000)), nobody, i);
    if (i % 5 == 0) {
      kept.push_back(i);
    } else {
      tickets.push_back(ticket);
    }
  }
  for (const Ticket& ticket : tickets) REQUIRE(queue.cancel(ticket));

  std::sort(kept.begin(), kept.end(), [](auto a, auto b) {
    return std::pair(mix(a) % 1000, a) < std::pair(mix(b) % 1000, b);
  });
  REQUIRE(drain(queue) == kept);
}

}  // namespace pre::sim
