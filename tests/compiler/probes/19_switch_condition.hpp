// co_await as the condition of a switch.
#pragma once

#include "../probe.hpp"

namespace probe::switch_condition {

Task<int> k(int v, Tracked t) {
  co_await Park{};
  t.check();
  co_return v;
}
Task<void> body(int v) {
  switch (co_await k(v, Tracked{1})) {
    case 1: {
      Tracked q{2};
      co_await Park{};
      q.check();
      break;
    }
    case 2:
      co_await Park{};
      break;
    default:
      ++bad;
  }
}
inline int run_probe() {
  run(body(1));
  run(body(2));
  return report();
}

}  // namespace probe::switch_condition
