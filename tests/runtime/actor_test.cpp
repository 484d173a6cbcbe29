// Spawn, tell, stop: what an actor is.
#include <catch2/catch.hpp>

#include "bank.hpp"

using namespace bank;

TEST_CASE("an account refuses what it does not have") {
  TestKit kit;
  auto account = kit.spawn<Account>();

  account.tell<Deposit>(100);

  REQUIRE(kit.ask<Withdraw>(account, 30).value().cents == 70);
  REQUIRE(kit.ask<Withdraw>(account, 500).error().code == Errc::refused);
}

TEST_CASE("messages of one sender arrive in the order in which they were told") {
  TestKit kit;
  Journal journal;
  auto subject = kit.spawn<Subject>(&journal);

  for (int i = 0; i < 100; ++i) subject.tell<Say>(std::to_string(i));
  kit.settle();

  REQUIRE(journal.size() == 101);
  for (int i = 0; i < 100; ++i) REQUIRE(journal[i + 1] == std::to_string(i));
}

TEST_CASE("a handler that waits keeps the mailbox shut") {
  TestKit kit;
  Journal journal;
  auto subject = kit.spawn<Subject>(&journal);

  subject.tell<Slow>(10ms, "one");
  subject.tell<Say>("two");
  kit.settle();

  REQUIRE(journal == Journal{"started", "begin one", "end one", "two"});
}

TEST_CASE("sleep takes virtual time only") {
  TestKit kit;
  Journal journal;
  auto subject = kit.spawn<Subject>(&journal);
  const Instant before = kit.system().now();
  kit.patience = 2h;

  REQUIRE(kit.ask<Slow>(subject, 1h, "x").value() == "x");

  REQUIRE(kit.system().now() - before >= 1h);
}

TEST_CASE("a path is taken while its actor lives and free when it has stopped") {
  TestKit kit;
  Journal journal;
  auto first = kit.spawn<Subject>(SpawnOptions{.name = "ada"}, &journal);
  REQUIRE_THROWS_AS(kit.spawn<Subject>(SpawnOptions{.name = "ada"}, &journal), Failure);

  first.tell<Quit>();
  kit.settle();
  auto second = kit.spawn<Subject>(SpawnOptions{.name = "ada"}, &journal);

  REQUIRE(second.pid().path == first.pid().path);
  REQUIRE(second.pid().uid != first.pid().uid);
}

TEST_CASE("a name that cannot be a path segment is refused with the reason") {
  TestKit kit;
  for (const char* name : {"a/b", "$x", "white space", "\x01"}) {
    try {
      kit.spawn<Account>(SpawnOptions{.name = name});
      FAIL("spawned '" << name << "'");
    } catch (const Failure& failure) {
      REQUIRE(failure.error().code == Errc::invalid_argument);
      REQUIRE_FALSE(failure.error().detail.empty());
    }
  }
}

TEST_CASE("a ref that is empty says so instead of crashing") {
  Ref<Deposit> nobody;
  REQUIRE_THROWS_AS(nobody.tell<Deposit>(1), Failure);
}

TEST_CASE("a ref narrows to a part of what its actor understands") {
  TestKit kit;
  auto account = kit.spawn<Account>();
  Ref<Deposit> in = account;

  in.tell<Deposit>(5);

  REQUIRE(kit.ask<Withdraw>(account, 5).value().cents == 0);
}

TEST_CASE("what is told to a stopped actor is a counted dead letter") {
  TestKit kit;
  Journal journal;
  auto subject = kit.spawn<Subject>(&journal);
  subject.tell<Quit>();
  kit.settle();
  const auto before = dead_letters(kit.system());

  subject.tell<Say>("too late");
  kit.settle();

  REQUIRE(dead_letters(kit.system()) == before + 1);
  REQUIRE(journal == Journal{"started", "stopping"});
}

TEST_CASE("messages queued behind a stop are dead letters, none is lost (conservation)") {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    TestKit kit(seed, sim::Knobs::drawn(seed));
    Journal journal;
    auto subject = kit.spawn<Subject>(&journal);
    for (int i = 0; i < 20; ++i) {
      subject.tell<Say>("m");
      if (i == 10) subject.tell<Quit>();
    }
    kit.settle();

    const auto processed = std::count(journal.begin(), journal.end(), "m");
    REQUIRE(static_cast<std::uint64_t>(processed) + dead_letters(kit.system()) == 20);
  }
}

namespace {
struct Go {};
class Parent : public Actor<Go> {
 public:
  explicit Parent(Journal* journal) : journal_(journal) {}
  void on(Go) { stop(); }

 private:
  void started() override {
    (void)spawn<Subject>("one", journal_, "one");
    (void)spawn<Subject>("two", journal_, "two");
  }
  void stopping() override { journal_->push_back("parent stopping"); }
  Journal* journal_;
};
}  // namespace

TEST_CASE("children stop before their parent") {
  TestKit kit;
  Journal journal;
  auto parent = kit.spawn<Parent>(SpawnOptions{.name = "p"}, &journal);
  kit.settle();
  REQUIRE(kit.system().find("/user/p/one"));

  parent.tell<Go>();
  kit.settle();

  REQUIRE(journal.back() == "parent stopping");
  REQUIRE(std::count(journal.begin(), journal.end(), "one stopping") == 1);
  REQUIRE(std::count(journal.begin(), journal.end(), "two stopping") == 1);
  REQUIRE_FALSE(kit.system().find("/user/p/one"));
  REQUIRE_FALSE(kit.system().find("/user/p"));
}

namespace {
class Keeper : public Actor<Go> {
 public:
  explicit Keeper(std::shared_ptr<int> kept) : kept_(std::move(kept)) {}
  void on(Go) { stop(); }

 private:
  std::shared_ptr<int> kept_;
};
}  // namespace

// Its factory keeps a copy of the arguments for restarts; if they lead back to the actor, that was
// a cycle, and every closed connection of remoting leaked one.
TEST_CASE("a stopped actor lets go of what it was made from") {
  TestKit kit;
  auto kept = std::make_shared<int>(1);
  auto keeper = kit.spawn<Keeper>(kept);
  kit.settle();
  REQUIRE(kept.use_count() > 1);

  keeper.tell<Go>();
  kit.settle();

  REQUIRE(kept.use_count() == 1);
}

TEST_CASE("stopping a system stops users before its own actors, and then it takes no new ones") {
  TestKit kit;
  Journal journal;
  (void)kit.spawn<Subject>(&journal);
  kit.settle();

  kit.system().stop();
  kit.settle();

  REQUIRE(kit.system().stopped());
  REQUIRE(journal == Journal{"started", "stopping"});
  REQUIRE_THROWS_AS(kit.spawn<Account>(), Failure);
}

TEST_CASE("a program runs in a slot of its own and may ask") {
  TestKit kit;
  auto account = kit.spawn<Account>(std::int64_t{100});

  auto left = kit.run<std::int64_t>([&]() -> Task<std::int64_t> {
    Balance balance = co_await account.ask<Withdraw>(30);
    co_return balance.cents;
  });

  REQUIRE(left.value() == 70);
}

TEST_CASE("two systems of one process know nothing of each other") {
  TestKit one;
  TestKit two;
  auto here = one.spawn<Account>(SpawnOptions{.name = "x"}, std::int64_t{1});
  auto there = two.spawn<Account>(SpawnOptions{.name = "x"}, std::int64_t{2});

  REQUIRE(one.ask<Withdraw>(here, 0).value().cents == 1);
  REQUIRE(two.ask<Withdraw>(there, 0).value().cents == 2);
}
