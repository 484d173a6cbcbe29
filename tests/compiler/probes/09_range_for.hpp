// The range of a for loop is awaited.
#pragma once

#include "../probe.hpp"

namespace probe::range_for {

Task<std::vector<Tracked>> list() {
  co_await Park{};
  std::vector<Tracked> v;
  v.emplace_back(1);
  v.emplace_back(2);
  co_return v;
}
Task<void> body() {
  int s = 0;
  for (auto& t : co_await list()) {
    co_await Park{};
    t.check();
    s += t.v;
  }
  if (s != 3) ++bad;
}
inline int run_probe() {
  run(body());
  return report();
}

}  // namespace probe::range_for
