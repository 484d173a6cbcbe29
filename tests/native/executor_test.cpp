// Workers: every ready turn runs once, and no wake-up is lost.
#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <deque>
#include <vector>

#include <preordain/base/hash.hpp>
#include <preordain/seam/executor.hpp>

#include "support.hpp"

namespace pre::native::test {
namespace {

// A turn with a count of work that anybody may add to: the smallest thing that becomes ready the
// way an actor does.
class Counter : public seam::Turn {
 public:
  explicit Counter(seam::Executor& executor) : executor_(executor) {}

  void add_work() {
    if (pending_.fetch_add(1) == 0) executor_.ready(*this);
  }
  Next run(unsigned budget) noexcept override {
    if (running_.exchange(true)) overlaps_ = true;
    std::uint64_t done = 0;
    const std::uint64_t taken = std::min<std::uint64_t>(pending_.load(), budget);
    for (; done < taken; ++done) work();
    running_.store(false);
    return pending_.fetch_sub(done) == done ? Next::idle : Next::again;
  }
  std::uint64_t identity() const noexcept override { return 0; }
  bool overlapped() const { return overlaps_; }

 protected:
  ~Counter() = default;
  virtual void work() noexcept = 0;

 private:
  seam::Executor& executor_;
  std::atomic<std::uint64_t> pending_{0};
  std::atomic<bool> running_{false};
  std::atomic<bool> overlaps_{false};
};

// Passes each piece of work on to the next in the ring, until the tokens are used up.
class Relay final : public Counter {
 public:
  Relay(seam::Executor& executor, std::atomic<std::int64_t>& left, Latch& done)
      : Counter(executor), left_(left), done_(done) {}
  void pass_to(Relay& next) { next_ = &next; }

 private:
  void work() noexcept override {
    const std::int64_t left = left_.fetch_sub(1) - 1;
    if (left > 0) next_->add_work();
    if (left == 0) done_.set();
  }

  std::atomic<std::int64_t>& left_;
  Latch& done_;
  Relay* next_ = nullptr;
};

class Tally final : public Counter {
 public:
  Tally(seam::Executor& executor, std::atomic<std::uint64_t>& left, Latch& done)
      : Counter(executor), left_(left), done_(done) {}
  std::uint64_t worked = 0;  // by one run at a time

 private:
  void work() noexcept override {
    ++worked;
    if (left_.fetch_sub(1) == 1) done_.set();
  }

  std::atomic<std::uint64_t>& left_;
  Latch& done_;
};

TEST_CASE("every piece of work brought from outside is done once") {
  constexpr std::uint64_t turns = 3'000;  // more than a ring holds
  constexpr std::uint64_t rounds = 20;
  std::atomic<std::uint64_t> left{turns * rounds};
  Latch done;
  std::deque<Tally> tallies;
  Host host(quiet_options());
  for (std::uint64_t i = 0; i < turns; ++i) {
    tallies.emplace_back(host.environment().executor, left, done);
  }

  for (std::uint64_t round = 0; round < rounds; ++round) {
    for (Tally& tally : tallies) tally.add_work();
  }

  REQUIRE(done.wait_for(patience));
  host.quiesce();
  for (const Tally& tally : tallies) {
    REQUIRE(tally.worked == rounds);
    REQUIRE_FALSE(tally.overlapped());
  }
}

TEST_CASE("tokens that circle among turns are never lost") {
  constexpr std::size_t relays = 503;
  constexpr int tokens = 17;
  std::atomic<std::int64_t> left{200'000};
  Latch done;
  std::deque<Relay> ring;
  Host host(quiet_options());
  for (std::size_t i = 0; i < relays; ++i) {
    ring.emplace_back(host.environment().executor, left, done);
  }
  for (std::size_t i = 0; i < relays; ++i) ring[i].pass_to(ring[(i + 1) % relays]);

  for (std::size_t i = 0; i < tokens; ++i) ring[i * relays / tokens].add_work();

  REQUIRE(done.wait_for(patience));
  host.quiesce();
  for (const Relay& relay : ring) REQUIRE_FALSE(relay.overlapped());
}

TEST_CASE("a worker that went to sleep is woken, again and again") {
  // One piece of work at a time, from outside, and a pause of changing length between them: so the
  // work comes while the workers search, while they lie down, and while they sleep. A lost wake-up
  // ends as a timeout.
  constexpr std::size_t rounds = 10'000;
  constexpr std::uint64_t longest_pause = 40'000;
  std::atomic<std::uint64_t> idling{0};
  std::vector<Latch> done(rounds);
  std::vector<std::atomic<std::uint64_t>> left(rounds);
  std::deque<Tally> tallies;
  Host host(quiet_options());

  for (std::size_t i = 0; i < rounds; ++i) {
    const std::uint64_t pause = mix(i) % longest_pause;
    while (idling.fetch_add(1) < pause) continue;
    idling = 0;
    left[i] = 1;
    tallies.emplace_back(host.environment().executor, left[i], done[i]).add_work();
    if (!done[i].wait_for(patience)) FAIL("lost in round " << i);
  }

  host.quiesce();
  for (const Tally& tally : tallies) REQUIRE(tally.worked == 1);
}

// Readies another turn and then waits for it inside its own run.
class Hog final : public seam::Turn {
 public:
  Hog(seam::Executor& executor, seam::Turn& other, const Latch& other_ran)
      : executor_(executor), other_(other), other_ran_(other_ran) {}
  Next run(unsigned) noexcept override {
    executor_.ready(other_);
    if (other_ran_.wait_for(patience)) rescued.set();
    return Next::idle;
  }
  std::uint64_t identity() const noexcept override { return 1; }
  Latch rescued;

 private:
  seam::Executor& executor_;
  seam::Turn& other_;
  const Latch& other_ran_;
};

class SetsLatch final : public seam::Turn {
 public:
  Next run(unsigned) noexcept override {
    ran.set();
    return Next::idle;
  }
  std::uint64_t identity() const noexcept override { return 2; }
  Latch ran;
};

TEST_CASE("a turn made ready by a long turn runs on another worker meanwhile") {
  Host host(quiet_options());
  SetsLatch other;
  Hog hog(host.environment().executor, other, other.ran);

  host.environment().executor.ready(hog);

  REQUIRE(hog.rescued.wait_for(patience));
  host.quiesce();
}

TEST_CASE("a turn with work left lets the others go first") {
  class Greedy final : public seam::Turn {
   public:
    explicit Greedy(const Latch& other) : other_(other) {}
    Next run(unsigned budget) noexcept override {
      budget_was = budget;
      return other_.is_set() ? Next::idle : Next::again;
    }
    std::uint64_t identity() const noexcept override { return 3; }
    std::atomic<unsigned> budget_was{0};

   private:
    const Latch& other_;
  };
  Options options = quiet_options();
  options.workers = 1;
  Host host(std::move(options));
  SetsLatch other;
  Greedy greedy(other.ran);

  host.environment().executor.ready(greedy);
  host.environment().executor.ready(other);

  REQUIRE(other.ran.wait_for(patience));
  host.quiesce();
  REQUIRE(greedy.budget_was >= 1);
}

TEST_CASE("after quiesce no turn runs any more") {
  Host host(quiet_options());
  host.quiesce();
  SetsLatch late;

  host.environment().executor.ready(late);

  REQUIRE_FALSE(late.ran.is_set());
}

}  // namespace
}  // namespace pre::native::test
