// Designated initialisers straight into a parameter.
#pragma once

#include "../probe.hpp"

namespace probe::designated_initialisers {

struct Opt {
  Tracked a{1};
  std::string name = "dflt";
  int n = 0;
};
Task<int> f(Opt o) {
  co_await Park{};
  o.a.check();
  co_return o.n + (int)o.name.size();
}
Task<void> body() {
  int r = co_await f({.name = "a rather long name that does not fit the small buffer", .n = 2});
  if (r != 54 + 1) {
    std::printf("r=%d\n", r);
    ++bad;
  }
}
inline int run_probe() {
  run(body());
  return report();
}

}  // namespace probe::designated_initialisers
