// The decision of a supervisor, as a pure function.
#include "supervision/decide.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

using namespace pre;

namespace {
const std::exception_ptr error = std::make_exception_ptr(std::runtime_error("x"));
}

TEST_CASE("SUP-13 the delay doubles up to its cap and cannot overflow") {
  const Backoff backoff{1s, 10s};
  REQUIRE(restart_delay(backoff, 1) == 1s);
  REQUIRE(restart_delay(backoff, 2) == 2s);
  REQUIRE(restart_delay(backoff, 4) == 8s);
  REQUIRE(restart_delay(backoff, 5) == 10s);
  REQUIRE(restart_delay(backoff, 80) == 10s);
  REQUIRE(restart_delay({}, 3) == 0s);
}

TEST_CASE("SUP-12 a failure outside the window counts as the first again") {
  const Supervision rules = Supervision().limit({.max = 1, .within = 10s});
  FaultWindow window;

  REQUIRE(decide(rules, error, Instant(0s), window).directive == Directive::restart);
  REQUIRE(decide(rules, error, Instant(11s), window).directive == Directive::restart);
  const Decision third = decide(rules, error, Instant(12s), window);

  REQUIRE(third.directive == Directive::stop);
  REQUIRE(third.exhausted);
}

TEST_CASE("SUP-12 a window that is not positive never forgets") {
  const Supervision rules = Supervision().limit({.max = 1, .within = 0s});
  FaultWindow window;

  (void)decide(rules, error, Instant(0s), window);

  REQUIRE(decide(rules, error, Instant(1000h), window).exhausted);
}

TEST_CASE("a limit of no restarts stops at the first failure") {
  const Supervision rules = Supervision().limit({.max = 0});
  FaultWindow window;
  REQUIRE(decide(rules, error, Instant(5s), window).directive == Directive::stop);
}
