// The first program of README.md: one actor, one test. snippets_test.cpp compares the two.
#include <catch2/catch.hpp>

// clang-format off: one line a message, as the page shows it
//! [snippet]
#include <preordain/testkit/testkit.hpp>
using namespace pre;

struct Balance { std::int64_t cents; };
struct Deposit { std::int64_t cents; };
struct Withdraw { std::int64_t cents; using Reply = Balance; };

struct Account : Actor<Deposit, Withdraw> {
  void on(Deposit d) { cents += d.cents; }
  Result<Balance> on(Withdraw w) {
    if (w.cents > cents) return refuse("insufficient funds");
    return Balance{cents -= w.cents};
  }
  std::int64_t cents = 0;
};

TEST_CASE("an account refuses what it does not have") {
  TestKit kit;
  auto account = kit.spawn<Account>();
  account.tell<Deposit>(100);
  REQUIRE(kit.ask<Withdraw>(account, 30).value().cents == 70);
  REQUIRE(kit.ask<Withdraw>(account, 500).error().code == Errc::refused);
}
//! [snippet]
// clang-format on
