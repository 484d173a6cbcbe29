// What the host of a simulated run says about programs and workloads that misbehave.
#include <catch2/catch.hpp>
#include <stdexcept>

#include <preordain/scenario/run.hpp>

using namespace pre;

namespace {

Task<> quiet_node(System&) { co_return; }
Task<> failing_node(System&) {
  throw std::runtime_error("no such disk");
  co_return;
}
Task<> short_work(Stage& stage) { co_await stage.sleep(10ms); }
Task<> endless_work(Stage& stage) {
  for (;;) {
    co_await stage.sleep(1s);
  }
}
Task<> stuck_work(Stage& stage) {
  auto nobody = stage.ref<Actor<>>("n1", "/user/nobody");
  co_await stage.sleep(Duration(365 * 24h * 200));
}
Task<> failing_work(Stage&) {
  throw Failure(refuse("never mind"));
  co_return;
}
Task<> expecting_work(Stage& stage) {
  co_await stage.sleep(1s);
  stage.expect(false, "the sky is green", "it is blue");
}
bool never_true(const View&) { return false; }
std::string complain(const History&) { return "the history is wrong"; }

Scenario scenario(Program program, Task<> (*workload)(Stage&)) {
  return {.name = "test", .nodes = 1, .program = program, .workload = workload, .limit = 1min};
}
Report run(const Scenario& scenario) { return sim::run(scenario, {.seed = 1, .observer = {}}); }

}  // namespace

TEST_CASE("a scenario whose workload ends is ok") {
  const Report report = run(scenario(quiet_node, short_work));
  INFO(report.text);
  REQUIRE(report.ok);
}

TEST_CASE("a program that throws is a crash at its node, with its text") {
  const Report report = run(scenario(failing_node, short_work));
  REQUIRE(report.verdict == Verdict::crash);
  REQUIRE(report.node == "n1");
  REQUIRE(report.text == "no such disk");
}

TEST_CASE("a workload that throws is a crash of its client") {
  const Report report = run(scenario(quiet_node, failing_work));
  REQUIRE(report.verdict == Verdict::crash);
  REQUIRE(report.text.find("refused: never mind") != std::string::npos);
}

TEST_CASE("a workload that does not end is a liveness failure") {
  REQUIRE(run(scenario(quiet_node, endless_work)).verdict == Verdict::liveness);
  REQUIRE(run(scenario(quiet_node, stuck_work)).verdict == Verdict::liveness);
}

TEST_CASE("an expectation that fails is a safety failure with its property and time") {
  const Report report = run(scenario(quiet_node, expecting_work));
  REQUIRE(report.verdict == Verdict::safety);
  REQUIRE(report.property == "the sky is green");
  REQUIRE(report.when >= Instant(1s));
}

TEST_CASE("an invariant is checked from the first turn on") {
  Scenario broken = scenario(quiet_node, short_work);
  broken.invariants = {{"never", never_true}};
  const Report report = run(broken);
  REQUIRE(report.property == "never");
  REQUIRE(report.node == "n1");
}

TEST_CASE("a check judges the history at the end") {
  Scenario broken = scenario(quiet_node, short_work);
  broken.checks = {{"history", complain}};
  REQUIRE(run(broken).text == "the history is wrong");
}

TEST_CASE("a handle is read back as what was printed, and garbage is refused with the reason") {
  const Report report = run(scenario(quiet_node, short_work));
  const Result<Handle> handle = parse_handle(report.handle());
  REQUIRE(handle);
  REQUIRE(handle->scenario == "test");
  REQUIRE(handle->seed == 1);
  REQUIRE(handle->hash == report.hash);
  for (const char* bad :
       {"", "pre1:", "pre1:x", "pre1:x:1", "pre1::1:0123456789abcdef",
        "pre1:x:one:0123456789abcdef", "pre1:x:1:0123", "pre2:x:1:0123456789abcdef",
        "pre1:x:99999999999999999999999:0123456789abcdef"}) {
    INFO(bad);
    REQUIRE_FALSE(parse_handle(bad));
  }
}

TEST_CASE("a plan is a function of its seed, ordered by time, and heals what it breaks") {
  const Chaos chaos{.cuts = 4, .crashes = 3, .pauses = 2, .until = 20s};
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    const auto plan = plan_faults(seed, {}, chaos, {"n1", "n2", "n3"}, "clients");
    const auto same = plan_faults(seed, {}, chaos, {"n1", "n2", "n3"}, "clients");
    REQUIRE(plan.size() == same.size());
    Duration last{0};
    int dead = 0;
    for (std::size_t i = 0; i < plan.size(); ++i) {
      REQUIRE(plan[i].fault.text() == same[i].fault.text());
      REQUIRE(plan[i].at >= last);
      REQUIRE(plan[i].at <= chaos.until);
      last = plan[i].at;
      using Kind = Fault::Kind;
      if (plan[i].fault.kind == Kind::crash || plan[i].fault.kind == Kind::power_loss) ++dead;
      if (plan[i].fault.kind == Kind::restart) --dead;
    }
    REQUIRE(dead == 0);
  }
}
