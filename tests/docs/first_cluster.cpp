// The first cluster of README.md, and what docs/guide/first-scenario.md makes of it.
// snippets_test.cpp compares the pages with the regions below.
#include <catch2/catch.hpp>
#include <set>
#include <string>

// clang-format off: one line a message, as the pages show it
//! [snippet]
#include <preordain/scenario/run.hpp>
using namespace pre;

struct Ticket { int seat; };
struct Buy { using Reply = Ticket; };

struct BoxOffice : Actor<Buy> {
  static constexpr int seats = 40;
  Result<Ticket> on(Buy) {
    if (sold == seats) return refuse("sold out");
    return Ticket{++sold};
  }
  int sold = 0;
};

Task<> node(System& system) {                       // runs on every node
  system.spawn<BoxOffice>("office");
  Remoting::start(system);
  co_return;
}

Task<> buy(Stage& stage) {                          // runs for every client
  while (stage.goes_on()) {
    auto office = stage.ref<BoxOffice>(stage.pick(stage.nodes()), "/user/office");
    auto ticket = co_await office.ask<Buy>().within(500ms).result();
    if (ticket) stage.expect(ticket->seat > 0, "seats begin at 1", "a seat without a number");
    co_await stage.sleep(100ms);
  }
}

bool never_oversold(const View& view) {             // looks inside every node, after every turn
  bool all = true;
  view.each<BoxOffice>([&](const BoxOffice& office, std::string_view) {
    all = all && office.sold <= BoxOffice::seats;
  });
  return all;
}

const Scenario box_office{
    .name = "box-office",
    .nodes = 3,
    .program = node,
    .clients = 2,
    .workload = buy,
    .faults = {{2s, cut({"clients"}, {"n1"})}, {4s, heal()},
               {6s, crash("n2")}, {7s, restart("n2")}},
    .chaos = {.until = 10s},                        // clients go on until then, then all heals
    .invariants = {{"never oversold", never_oversold}},
};

TEST_CASE("the box office is never oversold") { REQUIRE(sim::run(box_office, {.seed = 1}).ok); }
//! [snippet]
// clang-format on

//! [stronger]
Task<> buy_and_tell(Stage& stage) {
  auto office = stage.ref<BoxOffice>("n1", "/user/office");
  while (stage.goes_on()) {
    Operation sale{.client = stage.client(), .name = "buy", .invoked = stage.now()};
    auto ticket = co_await office.ask<Buy>().within(500ms).result();
    if (ticket) {
      sale.object = "seat " + std::to_string(ticket->seat);
      sale.returned = stage.now();
      sale.outcome = Outcome::ok;
      stage.record(sale);
    }
    co_await stage.sleep(200ms);
  }
}

std::string no_seat_is_sold_twice(const History& history) {
  std::set<std::string> sold;
  for (const Operation& sale : history.operations) {
    if (!sold.insert(sale.object).second) return sale.object + " was sold twice";
  }
  return {};
}

Scenario box_office_that_forgets() {
  Scenario scenario = box_office;
  scenario.name = "box-office-that-forgets";
  scenario.workload = buy_and_tell;
  scenario.faults = {{2s, crash("n1")}, {3s, restart("n1")}};
  scenario.chaos.until = 30s;
  scenario.checks = {{"no seat is sold twice", no_seat_is_sold_twice}};
  return scenario;
}
//! [stronger]

//! [replay]
TEST_CASE("an office that forgets sells a seat twice, and its replay does the same") {
  const Scenario scenario = box_office_that_forgets();
  Report found;
  for (std::uint64_t seed = 1; seed <= 20 && found.ok; ++seed) {
    found = sim::run(scenario, {.seed = seed});
  }

  REQUIRE(found.property == "no seat is sold twice");
  REQUIRE(sim::run(scenario, {.seed = found.seed}).hash == found.hash);
}
//! [replay]

//! [serve]
#include <preordain/node/run.hpp>

int serve() {  // what your main() returns
  return native::run(node, {.name = "n1",
                            .listen = "127.0.0.1:7101",
                            .peers = "n2=127.0.0.1:7102,n3=127.0.0.1:7103",
                            .data = "n1"});
}
//! [serve]
