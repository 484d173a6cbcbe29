// A member template that returns an awaiter: ref.ask(Msg{...}).
#pragma once

#include "../probe.hpp"

namespace probe::member_ask {

struct Msg {
  Tracked a;
  std::vector<int> v;
};
struct Ref {
  template <class M>
  struct Aw {
    M m;
    bool await_ready() { return false; }
    void await_suspend(std::coroutine_handle<> h) { parked = h; }
    int await_resume() {
      m.a.check();
      return m.a.v + (int)m.v.size();
    }
  };
  template <class M>
  Aw<M> ask(M m) const {
    return Aw<M>{std::move(m)};
  }
};
Task<void> body() {
  Ref r;
  if (co_await r.ask(Msg{Tracked{3}, {1, 2, 3}}) != 6) ++bad;
  if (co_await r.ask(Msg{.a = Tracked{3}, .v = {1, 2, 3}}) != 6) ++bad;
  auto x = (co_await r.ask(Msg{.a = Tracked{3}, .v = {1, 2, 3}})) +
           (co_await r.ask(Msg{Tracked{1}, {}}));
  if (x != 7) ++bad;
}
inline int run_probe() {
  run(body());
  return report();
}

}  // namespace probe::member_ask
