// Suspended frames are destroyed, deep and shallow, and one that never started. Must pass
// everywhere.
#pragma once

#include "../words.hpp"

namespace probe::cancel {

struct Never {
  explicit Never(Msg m) : m(std::move(m)) {}
  Msg m;
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<>) {}
  int await_resume() { return 0; }
};
template <class M, class... A>
Never never(A&&... a) {
  return Never(M{std::forward<A>(a)...});
}
Co<int> inner(Tracked p) {
  Tracked l{5};
  auto r = co_await never<Msg>(Tracked{3}, L);
  p.check();
  l.check();
  co_return r;
}
Co<int> inner2(Msg p) {
  auto w = never<Msg>(Tracked{3}, L);
  auto r = co_await w;
  co_return r + p.a.v;
}
Co<void> body(Tracked p, int k) {
  Tracked l{6};
  if (k == 0) {
    auto r = co_await inner(Tracked{8});
    (void)r;
  } else if (k == 1) {
    Msg m{Tracked{1}, L};
    auto r = co_await inner2(std::move(m));
    (void)r;
  } else {
    Msg m{Tracked{1}, L};
    auto t = inner2(std::move(m));
    auto r = co_await t;
    (void)r;
  }
  l.check();
  p.check();
}
inline int run_probe() {
  for (int k = 0; k < 3; k++) {
    auto t = body(Tracked{1}, k);
    t.h.resume();
  }
  {
    auto never_started = body(Tracked{1}, 0);
  }
  return report();
}

}  // namespace probe::cancel
