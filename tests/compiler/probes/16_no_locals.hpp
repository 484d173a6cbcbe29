// Coroutines without locals (Boost.Cobalt warns of GCC 12.1 and 12.2 here).
#pragma once

#include "../probe.hpp"

namespace probe::no_locals {

Task<void> noop() { co_return; }
Task<void> noop2() { co_await noop(); }
Task<int> forty() { co_return 42; }
Task<void> body() {
  co_await noop2();
  co_await noop();
  if (co_await forty() != 42) ++bad;
}
inline int run_probe() {
  run(body());
  return report();
}

}  // namespace probe::no_locals
