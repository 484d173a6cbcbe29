// ledger: money moves between accounts on three nodes while messages are lost, links are cut and
// nodes die. Nothing that was acknowledged is created or lost.
#include <map>

#include "catalogue.hpp"
#include "ledger/account.hpp"

namespace ledger {

using namespace pre;

namespace {

const std::vector<std::string> names{"/user/ada", "/user/grace"};  // on every node

template <Account::Recovery recovery>
Task<> node(System& system) {
  system.spawn<Account>("ada", recovery);
  system.spawn<Account>("grace", recovery);
  Remoting::start(system);
  co_return;
}

struct Place {
  std::string node, path;
  std::string text() const { return node + path; }
};

Place somewhere(Stage& stage) { return {stage.pick(stage.nodes()), stage.pick(names)}; }

// Sends the same change until it is answered: lost requests and lost answers look the same from
// here.
template <class Change>
Task<Outcome> insist(Stage& stage, Place where, std::uint64_t id, std::int64_t cents) {
  Operation operation{.client = stage.client(),
                      .name = std::string(wire::type_name<Change>()),
                      .object = where.text(),
                      .value = cents,
                      .invoked = stage.now()};
  auto account = stage.ref<Account>(where.node, where.path);
  while (operation.outcome == Outcome::unknown) {
    auto answer = co_await account.ask<Change>(id, cents).within(400ms).result();
    if (answer) {
      operation.outcome = Outcome::ok;
    } else if (answer.error().code == Errc::refused) {
      operation.outcome = Outcome::refused;
    } else {
      co_await stage.sleep(Duration(stage.below(100'000'000)));
    }
  }
  operation.returned = stage.now();
  stage.record(operation);
  co_return operation.outcome;
}

Task<> transfers(Stage& stage) {
  std::uint64_t id = (stage.client() + 1) * 1'000'000;
  for (; stage.goes_on(); id += 2) {
    const auto cents = static_cast<std::int64_t>(1 + stage.below(300));
    const Place from = somewhere(stage);
    const Place to = somewhere(stage);
    auto taken = co_await insist<Withdraw>(stage, from, id, cents);
    if (taken == Outcome::ok) {
      co_await insist<Deposit>(stage, to, id + 1, cents);
    }
    co_await stage.sleep(Duration(stage.below(2'000'000'000)));
  }
}

// When all clients are done and the network is whole: what do the accounts say?
Task<> audit(Stage& stage) {
  for (const std::string& node : stage.nodes()) {
    for (const std::string& path : names) {
      auto account = stage.ref<Account>(node, path);
      Operation operation{.client = stage.client(), .name = "balance", .object = node + path};
      while (operation.outcome != Outcome::ok) {
        operation.invoked = stage.now();
        auto balance = co_await account.ask<Read>().within(1s).result();
        if (!balance) continue;
        operation.value = balance->cents;
        operation.outcome = Outcome::ok;
      }
      operation.returned = stage.now();
      stage.record(operation);
    }
  }
}

bool no_account_in_the_red(const View& view) {
  bool all = true;
  view.each<Account>([&](const Account& a, std::string_view) { all = all && a.cents() >= 0; });
  return all;
}

// A deposit follows its withdrawal, so what the accounts hold never exceeds what they opened with.
bool no_money_is_created(const View& view) {
  std::int64_t sum = 0;
  view.each<Account>([&](const Account& a, std::string_view) { sum += a.cents(); });
  return sum <= opening_cents * static_cast<std::int64_t>(view.nodes().size() * names.size());
}

// Every balance is what the acknowledged changes make it.
std::string balances_match_what_was_acknowledged(const History& history) {
  std::map<std::string, std::int64_t> expected;
  for (const Operation& o : history.operations) {
    if (o.outcome != Outcome::ok || o.name == "balance") continue;
    expected[o.object] += o.name == wire::type_name<Deposit>() ? o.value : -o.value;
  }
  for (const Operation& o : history.operations) {
    if (o.name != "balance") continue;
    const std::int64_t should = opening_cents + expected[o.object];
    if (o.value == should) continue;
    const std::int64_t off = o.value - should;
    return o.object + " holds " + std::to_string(o.value) +
           " cents, but the acknowledged changes make " + std::to_string(should) + ": " +
           std::to_string(off < 0 ? -off : off) + " cents were " + (off < 0 ? "lost" : "created");
  }
  return {};
}

Scenario scenario(std::string name, std::string about, Program program, bool planted) {
  return {
      .name = std::move(name),
      .about = std::move(about),
      .nodes = 3,
      .program = program,
      .clients = 4,
      .workload = transfers,
      .finale = audit,
      .chaos = {.cuts = 4, .crashes = 4, .pauses = 2, .until = 20s},
      .invariants = {{"no account in the red", no_account_in_the_red},
                     {"no money is created", no_money_is_created}},
      .checks = {{"balances match what was acknowledged", balances_match_what_was_acknowledged}},
      .planted = planted,
  };
}

}  // namespace
}  // namespace ledger

namespace pre::catalogue {

Scenario ledger() {
  return ::ledger::scenario("ledger",
                            "money moves between accounts while links are cut and nodes die",
                            ::ledger::node<::ledger::Account::Recovery::whole>, false);
}

Scenario ledger_planted() {
  return ::ledger::scenario(
      "ledger-planted",
      "the ledger with a planted bug: a restarted account forgets what it applied",
      ::ledger::node<::ledger::Account::Recovery::balance_only>, true);
}

}  // namespace pre::catalogue
