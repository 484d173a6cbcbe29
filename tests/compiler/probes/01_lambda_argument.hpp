// A capturing lambda, built inside the expression of co_await, as a std::function argument.
#pragma once

#include "../probe.hpp"

namespace probe::lambda_argument {

Task<int> call(std::function<int()> f) {
  co_await Park{};
  co_return f();
}
Task<void> body() {
  Tracked t{7};
  int r = co_await call([t] {
    t.check();
    return t.v;
  });
  if (r != 7) ++bad;
}
inline int run_probe() {
  run(body());
  return report();
}

}  // namespace probe::lambda_argument
