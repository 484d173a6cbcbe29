// A structured binding of an awaited aggregate.
#pragma once

#include "../probe.hpp"

namespace probe::structured_binding {

struct Pair {
  Tracked a;
  Tracked b;
};
Task<Pair> p() {
  co_await Park{};
  co_return Pair{Tracked{1}, Tracked{2}};
}
Task<void> body() {
  for (int i = 0; i < 3; i++) {
    auto [a, b] = co_await p();
    co_await Park{};
    a.check();
    b.check();
    if (a.v + b.v != 3) ++bad;
  }
}
inline int run_probe() {
  run(body());
  return report();
}

}  // namespace probe::structured_binding
