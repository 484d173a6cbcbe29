// An awaiter that is no coroutine and holds an aggregate: the shape of ask().
#pragma once

#include "../probe.hpp"

namespace probe::awaiter_holds_aggregate {

struct Msg {
  Tracked a;
  std::string s;
};
struct Ask {
  Msg m;
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<> h) {
    m.a.check();
    parked = h;
  }
  int await_resume() {
    m.a.check();
    return m.a.v + (int)m.s.size();
  }
};
Ask ask(Msg m) { return Ask{std::move(m)}; }
Task<void> body() {
  int r = co_await ask(Msg{Tracked{3}, "a rather long string that does not fit the small buffer"});
  if (r != 58) ++bad;
  r = co_await ask({Tracked{3}, "a rather long string that does not fit the small buffer"});
  if (r != 58) ++bad;
}
inline int run_probe() {
  run(body());
  return report();
}

}  // namespace probe::awaiter_holds_aggregate
