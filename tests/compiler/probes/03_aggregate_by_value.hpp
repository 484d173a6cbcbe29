// An aggregate built with braces inside the expression, taken by value.
#pragma once

#include "../probe.hpp"

namespace probe::aggregate_by_value {

struct Msg {
  Tracked a;
  Tracked b;
};
Task<int> send(Msg m) {
  co_await Park{};
  m.a.check();
  m.b.check();
  co_return m.a.v + m.b.v;
}
Task<void> body() {
  int r = co_await send(Msg{Tracked{3}, Tracked{4}});
  if (r != 7) ++bad;
}
inline int run_probe() {
  run(body());
  return report();
}

}  // namespace probe::aggregate_by_value
