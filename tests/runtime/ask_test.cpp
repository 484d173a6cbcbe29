// Every ask ends exactly once: with a value, an error, or a timeout.
#include <catch2/catch.hpp>

#include "bank.hpp"

using namespace bank;

TEST_CASE("an answer may be given later") {
  TestKit kit;
  Journal journal;
  auto subject = kit.spawn<Subject>(&journal);

  auto pending = subject.ask<Later>();
  kit.settle();
  REQUIRE_FALSE(pending.ready());
  subject.tell<Answer>("now");
  kit.settle();

  REQUIRE(pending.ready());
  REQUIRE(pending.take().value() == "now");
}

TEST_CASE("ASK-2 an answer that is dropped ends the ask as no_reply") {
  TestKit kit;
  Journal journal;
  auto subject = kit.spawn<Subject>(&journal);

  REQUIRE(kit.ask<Drop>(subject).error().code == Errc::no_reply);
}

TEST_CASE("ASK-2 an exception while answering ends the ask as actor_failed, with its text") {
  TestKit kit;
  Journal journal;
  auto subject = kit.spawn<Subject>(&journal);

  const auto answer = kit.ask<ThrowWhenAsked>(subject, "boom");

  REQUIRE(answer.error().code == Errc::actor_failed);
  REQUIRE(answer.error().detail.find("boom") != std::string::npos);
}

TEST_CASE("ASK-2 an ask of a stopped actor ends as no_such_actor") {
  TestKit kit;
  Journal journal;
  auto subject = kit.spawn<Subject>(&journal);
  subject.tell<Quit>();
  kit.settle();

  REQUIRE(kit.ask<Echo>(subject, "x").error().code == Errc::no_such_actor);
}

TEST_CASE("ASK-2 an ask whose actor stops while it answers ends as no_such_actor") {
  TestKit kit;
  Journal journal;
  auto subject = kit.spawn<Subject>(&journal);

  auto pending = subject.ask<Slow>(1h, "x");
  kit.advance(1s);
  auto killer = kit.run<void>([&]() -> Task<> {
    subject.tell<Quit>();
    co_return;
  });
  REQUIRE(killer);
  kit.advance(1s);
  REQUIRE_FALSE(pending.ready());  // the mailbox is shut: Quit waits its turn
  kit.system().stop();
  kit.advance(1s);

  REQUIRE(pending.ready());
  REQUIRE(pending.take().error().code == Errc::no_such_actor);
}

TEST_CASE("ASK-3 an ask without an answer times out, and says who was asked and how long") {
  TestKit kit;
  Journal journal;
  auto subject = kit.spawn<Subject>(SpawnOptions{.name = "slow"}, &journal);

  auto answer = kit.run<std::string>([&]() -> Task<std::string> {
    std::string text = co_await subject.ask<Slow>(1h, "x").within(200ms);
    co_return text;
  });

  REQUIRE(answer.error().code == Errc::timeout);
  REQUIRE(answer.error().detail.find("/user/slow") != std::string::npos);
  REQUIRE(answer.error().detail.find("200 ms") != std::string::npos);
}

TEST_CASE("the answer to an ask that has timed out is dropped and harms nobody") {
  TestKit kit;
  Journal journal;
  auto subject = kit.spawn<Subject>(&journal);

  auto answer = kit.run<std::string>([&]() -> Task<std::string> {
    auto late = co_await subject.ask<Slow>(1s, "late").within(100ms).result();
    PRE_ASSERT(!late, "it cannot have answered yet");
    std::string next = co_await subject.ask<Echo>("next");
    co_return next;
  });

  REQUIRE(answer.value() == "next");
  kit.settle();
  REQUIRE(journal.back() == "end late");
}

namespace {

struct Relay {
  Ref<Slow> whom;
  Duration time;
  using Reply = std::string;
};
class Middle : public Actor<Relay> {
 public:
  Task<std::string> on(Relay a) {
    std::string inner = co_await a.whom.ask<Slow>(a.time, "deep").within(1s);
    co_return inner;
  }
};

}  // namespace

TEST_CASE("an inner ask that fails ends the outer one with the same error") {
  TestKit kit;
  Journal journal;
  auto subject = kit.spawn<Subject>(&journal);
  auto middle = kit.spawn<Middle>();

  REQUIRE(kit.ask<Relay>(middle, subject, 10ms).value() == "deep");
  const auto failed = kit.ask<Relay>(middle, subject, 1h);

  REQUIRE(failed.error().code == Errc::timeout);
  REQUIRE(kit.ask<Relay>(middle, Ref<Slow>{}, 1ms).error().code == Errc::no_such_actor);
}

TEST_CASE("an ask can be sent before and awaited after other work") {
  TestKit kit;
  Journal journal;
  auto subject = kit.spawn<Subject>(&journal);

  auto text = kit.run<std::string>([&]() -> Task<std::string> {
    auto one = subject.ask<Later>();
    auto two = subject.ask<Later>();
    co_await sleep(1s);
    subject.tell<Answer>("both");
    std::string a = co_await one;
    std::string b = co_await two;
    co_return a + b;
  });

  REQUIRE(text.value() == "bothboth");
}

TEST_CASE("an ask that nobody awaits leaves nothing behind") {
  TestKit kit;
  Journal journal;
  auto subject = kit.spawn<Subject>(&journal);

  {
    auto forgotten = subject.ask<Later>();
  }
  subject.tell<Answer>("to nobody");
  kit.settle();

  REQUIRE(kit.ask<Echo>(subject, "fine").value() == "fine");
}

TEST_CASE("ASK-1 over many schedules every ask ends exactly once") {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    TestKit kit(seed, sim::Knobs::drawn(seed));
    Journal journal;
    auto subject =
        kit.spawn<Subject>(SpawnOptions{.supervision = Supervision().limit({.max = 2})}, &journal);
    int ended = 0;
    for (int client = 0; client < 5; ++client) {
      kit.system().run("", [&]() -> Task<> {
        return [](Ref<Slow, ThrowWhenAsked, Drop, Quit> to, int* count) -> Task<> {
          for (int i = 0; i < 4; ++i) {
            auto a = co_await to.ask<Slow>(30ms, "s").within(100ms).result();
            (void)a, ++*count;
            auto b = co_await to.ask<ThrowWhenAsked>("t").within(100ms).result();
            (void)b, ++*count;
            auto c = co_await to.ask<Drop>().within(100ms).result();
            (void)c, ++*count;
          }
        }(Ref<Slow, ThrowWhenAsked, Drop, Quit>(subject), &ended);
      });
    }
    kit.settle();
    INFO("seed " << seed);
    REQUIRE(ended == 5 * 4 * 3);
  }
}
