// An actor's timers.
#include <catch2/catch.hpp>

#include "bank.hpp"

using namespace bank;

namespace {

struct Tick {};
struct Cancel {};
struct Fail {};

class Clockwork : public Actor<Tick, Cancel, Fail> {
 public:
  Clockwork(std::vector<Duration>* ticks, Duration first, bool repeated)
      : ticks_(ticks), first_(first), repeated_(repeated) {}
  void on(Tick) { ticks_->push_back(now().time_since_epoch()); }
  void on(Cancel) { timer_.cancel(); }
  void on(Fail) { throw Bad("clockwork"); }

 private:
  void started() override { timer_ = repeated_ ? every(first_, Tick{}) : after(first_, Tick{}); }
  std::vector<Duration>* ticks_;
  Duration first_;
  bool repeated_;
  Timer timer_;
};

struct Doze {};

// Sleeps with its mailbox shut while its timer comes due, and then no longer wants it.
class Dozer : public Actor<Doze, Tick> {
 public:
  Dozer(int* ticks, bool cancels) : ticks_(ticks), cancels_(cancels) {}
  Task<> on(Doze) {
    timer_ = after(10ms, Tick{});
    co_await sleep(50ms);
    if (cancels_) timer_.cancel();
  }
  void on(Tick) { ++*ticks_; }

 private:
  int* ticks_;
  bool cancels_;
  Timer timer_;
};

}  // namespace

TEST_CASE("a timer that is due and waits in the mailbox can still be cancelled") {
  for (const bool cancels : {false, true}) {
    TestKit kit;
    int ticks = 0;
    auto dozer = kit.spawn<Dozer>(&ticks, cancels);

    dozer.tell<Doze>();
    kit.settle();

    REQUIRE(ticks == (cancels ? 0 : 1));
  }
}

TEST_CASE("a timer tells its message once, when it is due") {
  TestKit kit;
  std::vector<Duration> ticks;
  (void)kit.spawn<Clockwork>(&ticks, Duration(3s), false);

  kit.advance(1min);

  REQUIRE(ticks == std::vector<Duration>{3s});
}

TEST_CASE("a periodic timer keeps its rate") {
  TestKit kit;
  std::vector<Duration> ticks;
  (void)kit.spawn<Clockwork>(&ticks, Duration(100ms), true);

  kit.advance(1s);

  REQUIRE(ticks.size() == 10);
  REQUIRE(ticks.back() == 1s);
}

TEST_CASE("a cancelled timer never tells") {
  TestKit kit;
  std::vector<Duration> ticks;
  auto clockwork = kit.spawn<Clockwork>(&ticks, Duration(100ms), true);
  kit.advance(250ms);

  clockwork.tell<Cancel>();
  kit.advance(10s);

  REQUIRE(ticks.size() == 2);
}

TEST_CASE("a timer dies with its incarnation: the restarted actor has its own only") {
  TestKit kit;
  std::vector<Duration> ticks;
  auto clockwork = kit.spawn<Clockwork>(&ticks, Duration(1s), true);
  kit.advance(500ms);

  clockwork.tell<Fail>();
  kit.advance(2s);

  REQUIRE(ticks == std::vector<Duration>{1500ms, 2500ms});
}

TEST_CASE("over many schedules a periodic timer misses nothing and a cancelled one stays quiet") {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    TestKit kit(seed, sim::Knobs::drawn(seed));
    std::vector<Duration> ticks;
    auto clockwork = kit.spawn<Clockwork>(&ticks, Duration(1s), true);
    kit.advance(10s);
    clockwork.tell<Cancel>();
    kit.advance(5s);
    const auto seen = ticks.size();
    kit.advance(1min);

    INFO("seed " << seed);
    REQUIRE(seen >= 9);
    REQUIRE(ticks.size() == seen);
  }
}
