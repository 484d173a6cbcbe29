// An aggregate built with braces inside the expression, taken by reference.
#pragma once

#include "../probe.hpp"

namespace probe::aggregate_by_reference {

struct Msg {
  Tracked a;
  std::string s;
};
Task<int> send(const Msg& m) {
  co_await Park{};
  m.a.check();
  co_return m.a.v + (int)m.s.size();
}
Task<void> body() {
  int r = co_await send(Msg{Tracked{3}, "a rather long string that does not fit the small buffer"});
  if (r != 3 + 55) {
    std::printf("r=%d\n", r);
    ++bad;
  }
}
inline int run_probe() {
  run(body());
  return report();
}

}  // namespace probe::aggregate_by_reference
