// co_await on both sides of ?: with a class type.
#pragma once

#include "../probe.hpp"

namespace probe::ternary {

Task<Tracked> mk(int v) {
  co_await Park{};
  co_return Tracked{v};
}
Task<void> body(bool c) {
  Tracked r = c ? co_await mk(1) : co_await mk(2);
  if (r.v != (c ? 1 : 2)) ++bad;
  int k = c ? (co_await mk(5)).v : 9;
  if (k != (c ? 5 : 9)) ++bad;
}
inline int run_probe() {
  run(body(true));
  run(body(false));
  return report();
}

}  // namespace probe::ternary
