// The runtime on real threads: the same promises, with data races instead of schedules. Assertions
// are made by the test's own thread only.
#include <catch2/catch.hpp>

#include <preordain/native/host.hpp>
#include <preordain/native/latch.hpp>
#include <preordain/preordain.hpp>

using namespace pre;

namespace {

struct Add {
  std::int64_t n;
};
struct Get {
  using Reply = std::int64_t;
};
struct Blow {
  using Reply = std::int64_t;
};
class Sum : public Actor<Add, Get, Blow> {
 public:
  void on(Add a) { sum_ += a.n; }
  std::int64_t on(Get) { return sum_; }
  std::int64_t on(Blow) { throw std::runtime_error("blown"); }

 private:
  std::int64_t sum_ = 0;
};

class LatchWake final : public seam::Wake {
 public:
  void wake() noexcept override { latch.set(); }
  native::Latch latch;
};

constexpr Duration patience = 60s;

// Runs a program on real threads; what the program counted may be looked at afterwards.
void on_threads(Function<Task<>(System&, native::Latch&)> program) {
  native::Host host({.workers = 2, .handle_signals = false});
  LatchWake stopped;
  System system(host.environment());
  native::Latch done;
  system.run("test", [&] { return program(system, done); });
  REQUIRE(done.wait_for(patience));
  system.stop(&stopped);
  REQUIRE(stopped.latch.wait_for(patience));
  host.quiesce();
}

}  // namespace

TEST_CASE("threads: nothing told by many senders is lost") {
  static constexpr int senders = 8;
  static constexpr int each = 2000;
  std::int64_t seen = 0;
  on_threads([&](System& system, native::Latch& done) -> Task<> {
    auto sum = system.spawn<Sum>("sum");
    for (int i = 0; i < senders; ++i) {
      system.run("", [sum]() -> Task<> {
        return [](Ref<Add, Get, Blow> to) -> Task<> {
          for (int n = 0; n < each; ++n) to.tell<Add>(1);
          co_return;
        }(sum);
      });
    }
    return [](Ref<Add, Get, Blow> from, std::int64_t* out, native::Latch* latch) -> Task<> {
      while (*out < std::int64_t{senders} * each) {
        *out = co_await from.ask<Get>();
        co_await sleep(1ms);
      }
      latch->set();
    }(sum, &seen, &done);
  });

  REQUIRE(seen == std::int64_t{senders} * each);
}

TEST_CASE("threads: asks end once, through failures, restarts and timeouts") {
  std::atomic<int> ended{0};
  static constexpr int clients = 6;
  static constexpr int rounds = 100;
  on_threads([&](System& system, native::Latch& done) -> Task<> {
    auto sum = system.spawn<Sum>(
        SpawnOptions{.name = "sum", .supervision = Supervision().limit({.max = 100'000})});
    for (int i = 0; i < clients; ++i) {
      system.run("", [sum, &ended, &done]() -> Task<> {
        return [](Ref<Add, Get, Blow> to, std::atomic<int>* count, native::Latch* latch) -> Task<> {
          for (int n = 0; n < rounds; ++n) {
            auto a = co_await to.ask<Get>().within(10s).result();
            auto b = co_await to.ask<Blow>().within(10s).result();
            auto c = co_await to.ask<Get>().within(0s).result();
            (void)a, (void)b, (void)c;
            if (count->fetch_add(3) + 3 == clients * rounds * 3) latch->set();
          }
        }(sum, &ended, &done);
      });
    }
    return [](native::Latch*) -> Task<> { co_return; }(&done);
  });

  REQUIRE(ended.load() == clients * rounds * 3);
}

TEST_CASE("threads: a thousand actors are spawned, asked and stopped") {
  std::int64_t total = 0;
  on_threads([&](System& system, native::Latch& done) -> Task<> {
    return [](System* in, std::int64_t* out, native::Latch* latch) -> Task<> {
      for (int i = 0; i < 1000; ++i) {
        auto one = in->spawn<Sum>("");
        one.tell<Add>(i);
        std::int64_t n = co_await one.ask<Get>();
        *out += n;
      }
      latch->set();
    }(&system, &total, &done);
  });

  REQUIRE(total == 999 * 1000 / 2);
}

namespace {
struct Last {
  native::Latch* latch;
};
class Drain : public Actor<Add, Last> {
 public:
  void on(Add) {}
  void on(Last last) { last.latch->set(); }
};
}  // namespace

// The receiver keeps falling asleep while the next message is on its way: a wake-up that is lost
// once leaves it asleep for good.
TEST_CASE("threads: no wake-up is lost between a sender and a receiver that falls asleep") {
  native::Host host({.workers = 2, .handle_signals = false});
  System system(host.environment());
  auto drain = system.spawn<Drain>("drain");

  for (int round = 0; round < 20; ++round) {
    native::Latch done;
    for (int i = 0; i < 20'000; ++i) drain.tell<Add>(1);
    drain.tell<Last>(&done);
    REQUIRE(done.wait_for(patience));
  }

  host.quiesce();
}
