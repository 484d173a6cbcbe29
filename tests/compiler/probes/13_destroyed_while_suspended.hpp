// The frame is destroyed while suspended in an expression with live temporaries.
#pragma once

#include "../probe.hpp"

namespace probe::destroyed_while_suspended {

struct Msg {
  Tracked a;
  std::string s;
};
struct Ask {
  Msg m;
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<>) {}
  int await_resume() { return 0; }
};
Ask ask(Msg m) { return Ask{std::move(m)}; }
Task<int> inner(Tracked p) {
  Tracked l{5};
  (void)co_await ask(Msg{Tracked{3}, "a rather long string that does not fit the small buffer"});
  p.check();
  l.check();
  co_return 1;
}
Task<void> body(Tracked p) {
  Tracked l{6};
  (void)co_await inner(Tracked{8});
  l.check();
  p.check();
}
inline int run_probe() {
  {
    auto t = body(Tracked{1});
    t.h.resume();
  }
  return report();
}

}  // namespace probe::destroyed_while_suspended
