// Turns: each ready one run, one run at a time, nobody left behind.
#include <deque>
#include <memory>

#include "callbacks.hpp"

namespace pre::conformance {
namespace {

bool all_idle(const std::deque<Job>& jobs) {
  return std::ranges::all_of(jobs, [](const Job& job) { return job.idle(); });
}

TEMPLATE_TEST_CASE("each ready gives exactly one run, with a budget of at least one step",
                   "[executor]", Native, Simulated) {
  constexpr unsigned rounds = 50;
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  std::deque<Job> jobs;
  for (unsigned i = 0; i < 100; ++i) jobs.emplace_back(world, i + 1);

  for (unsigned round = 1; round <= rounds; ++round) {
    for (Job& job : jobs) job.add();
    REQUIRE(world.run_until([&] { return all_idle(jobs); }));
    REQUIRE(std::ranges::all_of(jobs, [&](const Job& job) { return job.runs() == round; }));
  }

  for (const Job& job : jobs) {
    REQUIRE(job.steps() == rounds);
    REQUIRE(job.budget_min() >= 1);
    REQUIRE(job.overlaps() == 0);
  }
}

TEMPLATE_TEST_CASE("a turn that says again runs until its work is done", "[executor]", Native,
                   Simulated) {
  constexpr unsigned pieces = 5'000;
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  std::deque<Job> jobs;
  for (unsigned i = 0; i < 5; ++i) jobs.emplace_back(world, i + 1);

  for (unsigned i = 0; i < pieces; ++i) {
    for (Job& job : jobs) job.add();
  }
  REQUIRE(world.run_until([&] { return all_idle(jobs); }));

  for (const Job& job : jobs) {
    REQUIRE(job.steps() == pieces);
    REQUIRE(job.overlaps() == 0);
  }
}

// Says again until it is told to stop.
class Restless final : public seam::Turn {
 public:
  Restless(WorldUnderTest& world, const std::atomic<bool>& stop, std::uint64_t identity)
      : world_(world), stop_(stop), identity_(identity) {}
  Next run(unsigned) noexcept override {
    WorldUnderTest& world = world_;
    if (!stop_.load()) return Next::again;
    over_.store(true);  // may be gone from here on
    world.ring();
    return Next::idle;
  }
  std::uint64_t identity() const noexcept override { return identity_; }
  bool is_over() const { return over_.load(); }

 private:
  WorldUnderTest& world_;
  const std::atomic<bool>& stop_;
  const std::uint64_t identity_;
  std::atomic<bool> over_{false};
};

TEMPLATE_TEST_CASE("turns that say again queue behind the others", "[executor]", Native,
                   Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  seam::Executor& executor = world.environment().executor;
  std::atomic<bool> stop{false};
  std::deque<Restless> restless;
  // More of them than there are workers.
  for (unsigned i = 0; i < 8; ++i) {
    executor.ready(restless.emplace_back(world, stop, i + 1));
  }

  Job patient(world, 100);
  for (unsigned i = 1; i <= 20; ++i) {
    patient.add();
    REQUIRE(world.run_until([&] { return patient.idle(); }));
    REQUIRE(patient.runs() == i);
  }

  stop.store(true);
  REQUIRE(world.run_until([&] {
    return std::ranges::all_of(restless, [](const Restless& one) { return one.is_over(); });
  }));
}

TEMPLATE_TEST_CASE("a turn makes others ready from inside its run", "[executor]", Native,
                   Simulated) {
  constexpr unsigned passes = 1'000;
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  std::deque<Job> ring;
  unsigned left = passes;
  std::atomic<bool> over{false};
  for (std::size_t i = 0; i < 7; ++i) {
    // Only one of them runs at a time: the executor carries what one saw to the next.
    ring.emplace_back(world, i + 1, [&ring, &left, &over, i] {
      if (--left == 0) return over.store(true);
      ring[(i + 1) % ring.size()].add();
    });
  }

  ring.front().add();
  REQUIRE(world.run_until([&] { return over.load() && all_idle(ring); }));

  REQUIRE(left == 0);
  unsigned runs = 0;
  for (const Job& job : ring) runs += job.runs();
  REQUIRE(runs == passes);
}

TEMPLATE_TEST_CASE("a turn that became idle may be made ready at once, by anyone", "[executor]",
                   Native, Simulated) {
  constexpr unsigned pieces = 2'000;
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  Job target(world, 1);
  std::deque<Job> givers;
  for (unsigned i = 0; i < 3; ++i) givers.emplace_back(world, i + 2, [&target] { target.add(); });

  for (unsigned i = 0; i < pieces; ++i) {
    for (Job& giver : givers) giver.add();
    target.add();
  }
  REQUIRE(world.run_until([&] { return all_idle(givers) && target.idle(); }));

  REQUIRE(target.steps() == pieces * 4);
  REQUIRE(target.overlaps() == 0);
}

// Goes away in its own last run.
class Mayfly final : public seam::Turn {
 public:
  Mayfly(WorldUnderTest& world, std::atomic<unsigned>& gone, std::uint64_t identity)
      : world_(world), gone_(gone), identity_(identity) {}
  Next run(unsigned) noexcept override {
    if (++runs_ < 3) return Next::again;
    WorldUnderTest& world = world_;
    std::atomic<unsigned>& gone = gone_;
    std::unique_ptr<Mayfly>(this).reset();
    gone.fetch_add(1);
    world.ring();
    return Next::idle;
  }
  std::uint64_t identity() const noexcept override { return identity_; }

 private:
  WorldUnderTest& world_;
  std::atomic<unsigned>& gone_;
  const std::uint64_t identity_;
  unsigned runs_ = 0;
};

TEMPLATE_TEST_CASE("a turn may be destroyed as soon as it says idle", "[executor]", Native,
                   Simulated) {
  constexpr unsigned count = 200;
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  std::atomic<unsigned> gone{0};

  for (unsigned i = 0; i < count; ++i) {
    // Its last run destroys it.
    world.environment().executor.ready(*std::make_unique<Mayfly>(world, gone, 1'000 + i).release());
    const auto job = std::make_unique<Job>(world, i + 1);
    job->add();
    REQUIRE(world.run_until([&] { return job->idle(); }));
  }

  REQUIRE(world.run_until([&] { return gone.load() == count; }));
}

TEMPLATE_TEST_CASE("a timer makes a turn ready", "[executor]", Native, Simulated) {
  class Kick final : public seam::TimerTarget {
   public:
    explicit Kick(Job& job) : job_(job) {}
    void timer_fired(TimerId) noexcept override { job_.add(); }

   private:
    Job& job_;
  };
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  const seam::Environment& environment = world.environment();
  std::atomic<unsigned> steps{0};
  Job job(world, 1, [&] { steps.fetch_add(1); });
  Kick kick(job);

  environment.timers.arm(environment.clock.now() + 2ms, kick);

  REQUIRE(world.run_until([&] { return steps.load() == 1 && job.idle(); }));
}

}  // namespace
}  // namespace pre::conformance
