// What a parent does with a failing child (SUP rules).
#include <catch2/catch.hpp>

#include "bank.hpp"

using namespace bank;

namespace {
Supervision rule(Directive directive) { return Supervision().otherwise(directive); }
}  // namespace

TEST_CASE("SUP-12 a restarted actor starts anew and keeps its mailbox") {
  TestKit kit;
  Journal journal;
  auto subject =
      kit.spawn<Subject>(SpawnOptions{.supervision = rule(Directive::restart)}, &journal);

  subject.tell<Say>("before");
  subject.tell<Throw>("x");
  subject.tell<Say>("after");
  kit.settle();

  REQUIRE(journal == Journal{"started", "before", "started", "after"});
}

TEST_CASE("SUP-9 a resumed actor goes on with its state; the failing message is gone") {
  TestKit kit;
  Journal journal;
  auto subject = kit.spawn<Subject>(SpawnOptions{.supervision = rule(Directive::resume)}, &journal);

  subject.tell<Throw>("x");
  subject.tell<Say>("after");
  kit.settle();

  REQUIRE(journal == Journal{"started", "after"});
}

TEST_CASE("SUP-10 a stopped actor is gone and what was queued is dead letters") {
  TestKit kit;
  Journal journal;
  auto subject =
      kit.spawn<Subject>(SpawnOptions{.name = "s", .supervision = rule(Directive::stop)}, &journal);

  subject.tell<Throw>("x");
  subject.tell<Say>("never");
  kit.settle();

  REQUIRE(journal == Journal{"started", "stopping"});
  REQUIRE(dead_letters(kit.system()) == 1);
  REQUIRE_FALSE(kit.system().find("/user/s"));
}

TEST_CASE("SUP-4 the first rule that matches the exception's type decides") {
  TestKit kit;
  Journal journal;
  const Supervision rules = Supervision()
                                .on<Bad>(Directive::resume)
                                .on<std::exception>(Directive::stop)
                                .otherwise(Directive::restart);
  auto subject = kit.spawn<Subject>(SpawnOptions{.supervision = rules}, &journal);

  subject.tell<Throw>("x");
  subject.tell<Say>("resumed");
  kit.settle();

  REQUIRE(journal == Journal{"started", "resumed"});
}

TEST_CASE("SUP-12 an actor that fails more often than its limit allows is stopped") {
  TestKit kit;
  Journal journal;
  auto subject = kit.spawn<Subject>(
      SpawnOptions{.supervision = Supervision().limit({.max = 2, .within = 1min})}, &journal);

  for (int i = 0; i < 5; ++i) subject.tell<Throw>("x");
  kit.settle();

  REQUIRE(std::count(journal.begin(), journal.end(), "started") == 3);
  REQUIRE(journal.back() == "stopping");
  REQUIRE(dead_letters(kit.system()) == 2);
}

TEST_CASE("SUP-13 restarts wait longer and longer") {
  TestKit kit;
  Journal journal;
  auto subject = kit.spawn<Subject>(
      SpawnOptions{.supervision = Supervision().backoff({.initial = 1s, .max = 3s})}, &journal);
  const auto starts = [&] { return std::count(journal.begin(), journal.end(), "started"); };

  subject.tell<Throw>("x");
  kit.advance(900ms);
  REQUIRE(starts() == 1);
  kit.advance(200ms);
  REQUIRE(starts() == 2);
  subject.tell<Throw>("x");
  kit.advance(1900ms);
  REQUIRE(starts() == 2);
  kit.advance(200ms);
  REQUIRE(starts() == 3);
}

namespace {

struct Poke {};
class Child : public Actor<Poke> {
 public:
  explicit Child(Journal* journal) : journal_(journal) {}
  void on(Poke) { throw Bad("child"); }

 private:
  void started() override { journal_->push_back("child started"); }
  Journal* journal_;
};
class Escalating : public Actor<Poke> {
 public:
  explicit Escalating(Journal* journal) : journal_(journal) {}
  void on(Poke) { child_.tell<Poke>(); }

 private:
  void started() override {
    journal_->push_back("parent started");
    child_ = spawn<Child>({.name = "child", .supervision = rule(Directive::escalate)}, journal_);
  }
  Journal* journal_;
  Ref<Poke> child_;
};
class StillBorn : public Actor<Poke> {
 public:
  explicit StillBorn(Journal* journal) : journal_(journal) {}
  void on(Poke) {}

 private:
  void started() override {
    journal_->push_back("try");
    if (journal_->size() < 3) throw Bad("not yet");
  }
  Journal* journal_;
};

}  // namespace

TEST_CASE("SUP-11 an escalated failure is the parent's own, decided by the grandparent") {
  TestKit kit;
  Journal journal;
  auto parent =
      kit.spawn<Escalating>(SpawnOptions{.supervision = rule(Directive::restart)}, &journal);

  parent.tell<Poke>();
  kit.settle();

  REQUIRE(journal == Journal{"parent started", "child started", "parent started", "child started"});
}

TEST_CASE("an escalation that reaches the guardian stops the actor") {
  TestKit kit;
  Journal journal;
  auto subject =
      kit.spawn<Subject>(SpawnOptions{.supervision = rule(Directive::escalate)}, &journal);

  subject.tell<Throw>("x");
  kit.settle();

  REQUIRE(journal == Journal{"started", "stopping"});
}

TEST_CASE("an actor whose start fails is restarted like any other") {
  TestKit kit;
  Journal journal;
  auto subject = kit.spawn<StillBorn>(SpawnOptions{.name = "s"}, &journal);
  kit.settle();

  REQUIRE(journal.size() == 3);
  REQUIRE(kit.system().find("/user/s"));
}

TEST_CASE("a refusal is an answer and not a failure") {
  TestKit kit;
  auto account = kit.spawn<Account>(std::int64_t{10});

  REQUIRE(kit.ask<Withdraw>(account, 50).error().code == Errc::refused);
  REQUIRE(kit.ask<Withdraw>(account, 10).value().cents == 0);  // not restarted: it kept its state
}
