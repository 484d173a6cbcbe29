// Two million awaits of something already done: the stack must not grow.
#pragma once

#include "../probe.hpp"

namespace probe::symmetric_transfer {

Task<int> one() { co_return 1; }
Task<void> body() {
  long s = 0;
  for (int i = 0; i < 2000000; i++) s += co_await one();
  if (s != 2000000) ++bad;
}
inline int run_probe() {
  run(body());
  return report();
}

}  // namespace probe::symmetric_transfer
