// Coroutines that are members; the object outlives them.
#pragma once

#include "../probe.hpp"

namespace probe::member_coroutine {

struct A {
  Tracked st{1};
  Task<int> on(Tracked m) {
    co_await Park{};
    m.check();
    st.check();
    co_return st.v + m.v;
  }
  Task<int> on2(const Tracked& m, int k = 3) {
    co_await Park{};
    m.check();
    co_return m.v + k;
  }
};
Task<void> body() {
  A a;
  if (co_await a.on(Tracked{2}) != 3) ++bad;
  if (co_await a.on2(Tracked{2}) != 5) ++bad;
}
inline int run_probe() {
  run(body());
  return report();
}

}  // namespace probe::member_coroutine
