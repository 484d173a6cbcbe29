// A lambda coroutine without captures, its state passed as parameters: the safe idiom.
#pragma once

#include "../probe.hpp"

namespace probe::plain_lambda_coroutine {

Task<void> body() {
  Tracked t{2};
  auto co = [](Tracked x, int k) -> Task<int> {
    co_await Park{};
    x.check();
    co_return x.v + k;
  };
  if (co_await co(t, 3) != 5) ++bad;
}
inline int run_probe() {
  run(body());
  return report();
}

}  // namespace probe::plain_lambda_coroutine
