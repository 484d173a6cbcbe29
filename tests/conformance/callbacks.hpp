// What a test hands to a world: a Wake, a TimerTarget, a Turn. They count and ring; the test looks
// at the counts on its own thread.
#pragma once

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <optional>
#include <utility>

#include <preordain/base/duration.hpp>
#include <preordain/seam/clock.hpp>
#include <preordain/seam/executor.hpp>
#include <preordain/seam/network.hpp>
#include <preordain/seam/storage.hpp>
#include <preordain/seam/timers.hpp>
#include <preordain/seam/wake.hpp>

#include "world_under_test.hpp"

namespace pre::conformance {

class Bell final : public seam::Wake {
 public:
  explicit Bell(WorldUnderTest& world) : world_(world) {}
  void wake() noexcept override {
    rings_.fetch_add(1);
    world_.ring();
  }
  unsigned rings() const { return rings_.load(); }

 private:
  WorldUnderTest& world_;
  std::atomic<unsigned> rings_{0};
};

// Remembers when it fired. For one timer at a time, or for timers of which only the last matters.
class Alarm final : public seam::TimerTarget {
 public:
  explicit Alarm(WorldUnderTest& world) : world_(world), clock_(world.environment().clock) {}
  void timer_fired(TimerId id) noexcept override {
    WorldUnderTest& world = world_;  // the test may destroy this as soon as it sees the count
    at_.store(clock_.now());
    last_.store(id.value);
    fired_.fetch_add(1);
    world.ring();
  }
  unsigned fired() const { return fired_.load(); }
  Instant at() const { return at_.load(); }
  TimerId last() const { return TimerId{last_.load()}; }

 private:
  WorldUnderTest& world_;
  seam::Clock& clock_;
  std::atomic<Instant> at_{};
  std::atomic<std::uint64_t> last_{0};
  std::atomic<unsigned> fired_{0};
};

// Handles one piece of work a step, as an actor does with its messages: whoever brings the first
// piece makes it ready.
class Job final : public seam::Turn {
 public:
  Job(WorldUnderTest& world, std::uint64_t identity, Function<void()> step = {})
      : world_(world),
        executor_(world.environment().executor),
        identity_(identity),
        step_(std::move(step)) {}

  void add() {
    if (work_.fetch_add(1) == 0) executor_.ready(*this);
  }
  // Everything is done, and no run will touch this object again.
  bool idle() const { return work_.load() == 0; }

  // Only while idle. Plain members: the executor promises one run at a time, in order.
  unsigned runs() const { return runs_; }
  unsigned steps() const { return steps_; }
  unsigned budget_min() const { return budget_min_; }
  unsigned overlaps() const { return overlaps_.load(); }

  Next run(unsigned budget) noexcept override {
    if (running_.exchange(true)) overlaps_.fetch_add(1);
    ++runs_;
    budget_min_ = std::min(budget_min_, budget);
    const unsigned take = std::min(std::max(budget, 1U), work_.load());
    for (unsigned i = 0; i < take; ++i) {
      ++steps_;
      if (step_) step_();
    }
    running_.store(false);
    WorldUnderTest& world = world_;
    const bool idle = work_.fetch_sub(take) == take;  // from here on this may run elsewhere, or go
    world.ring();
    return idle ? Next::idle : Next::again;
  }
  std::uint64_t identity() const noexcept override { return identity_; }

 private:
  WorldUnderTest& world_;
  seam::Executor& executor_;
  const std::uint64_t identity_;
  Function<void()> step_;
  std::atomic<unsigned> work_{0};
  std::atomic<bool> running_{false};
  std::atomic<unsigned> overlaps_{0};
  unsigned runs_ = 0;
  unsigned steps_ = 0;
  unsigned budget_min_ = ~0U;
};

inline bool is_unfinished(seam::NetError error) { return error == seam::NetError::would_block; }
inline bool is_unfinished(seam::DiskError error) { return error == seam::DiskError::pending; }

// What an owner does: asks, and asks again after every wake, until there is an answer.
template <class Operation>
auto finish(WorldUnderTest& world, Operation operation) {
  auto result = operation();
  const auto unfinished = [&result] { return !result && is_unfinished(result.error()); };
  const bool answered = world.run_until([&] {
    if (unfinished()) result = operation();
    return !unfinished();
  });
  INFO("a wake follows would_block, and then an answer");
  REQUIRE(answered);
  return result;
}

}  // namespace pre::conformance
