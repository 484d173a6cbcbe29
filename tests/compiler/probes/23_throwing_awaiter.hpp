// await_resume throws an object with a destructor.
#pragma once

#include "../probe.hpp"

namespace probe::throwing_awaiter {

struct Failure {
  Tracked t;
};
struct Ask {
  Tracked m;
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<> h) { parked = h; }
  int await_resume() { throw Failure{Tracked{1}}; }
};
Task<int> inner(Tracked p) {
  Tracked l{1};
  int r = co_await Ask{Tracked{2}};
  co_return r;
}
Task<void> body() {
  bool c = false;
  try {
    (void)co_await inner(Tracked{3});
  } catch (const Failure& f) {
    f.t.check();
    c = true;
  }
  if (!c) ++bad;
}
inline int run_probe() {
  run(body());
  return report();
}

}  // namespace probe::throwing_awaiter
