// co_await on both sides of && and ||, and as the condition of a loop.
#pragma once

#include "../probe.hpp"

namespace probe::logical {

int calls = 0;
Task<bool> b(bool v, Tracked t) {
  ++calls;
  co_await Park{};
  t.check();
  co_return v;
}
Task<void> body() {
  if (co_await b(false, Tracked{1}) && co_await b(true, Tracked{2})) ++bad;
  if (calls != 1) ++bad;
  calls = 0;
  if (!(co_await b(true, Tracked{1}) || co_await b(true, Tracked{2}))) ++bad;
  if (calls != 1) ++bad;
  int n = 0;
  while (co_await b(n < 3, Tracked{n})) ++n;
  if (n != 3) ++bad;
}
inline int run_probe() {
  run(body());
  return report();
}

}  // namespace probe::logical
