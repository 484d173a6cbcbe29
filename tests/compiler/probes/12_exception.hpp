// An exception passes through two frames; every local dies once.
#pragma once

#include <stdexcept>

#include "../probe.hpp"

namespace probe::exception {

Task<int> boom(Tracked t) {
  co_await Park{};
  t.check();
  Tracked local{9};
  throw std::runtime_error("x");
  co_return 1;
}
Task<void> body() {
  Tracked o{1};
  int caught = 0;
  try {
    Tracked i{2};
    (void)co_await boom(Tracked{3});
  } catch (const std::exception&) {
    ++caught;
  }
  if (caught != 1) ++bad;
  o.check();
}
inline int run_probe() {
  run(body());
  return report();
}

}  // namespace probe::exception
