// Every form that the two rules allow, in bodies with and without locals. Must pass everywhere.
#pragma once

#include "../words.hpp"

namespace probe::dialect {

Co<int> forty() { co_return 42; }
Co<int> wait40(Tracked t) {
  co_await Park{};
  t.check();
  co_return 40;
}
Co<int> ret_await() { co_return co_await forty(); }
Co<int> ret_await_arg(Tracked t) { co_return co_await wait40(std::move(t)); }
Co<void> stmt_only() { co_await Park{}; }
Co<void> two_stmts() {
  co_await Park{};
  co_await Park{};
}
Co<void> stmt_discard() { (void)co_await forty(); }
Co<int> hoisted_if() {
  auto r = co_await forty();
  if (r != 42) co_return 1;
  co_return 0;
}
Co<int> hoisted_if_init() {
  if (auto r = co_await forty(); r != 42) co_return 1;
  co_return 0;
}
Co<int> hoisted_loop() {
  for (;;) {
    auto r = co_await wait40(Tracked{1});
    if (r == 40) break;
  }
  co_return 0;
}
Co<int> hoisted_switch(int p) {
  auto r = co_await wait40(Tracked{p});
  switch (r) {
    case 40:
      co_await Park{};
      co_return 0;
    default:
      co_return 1;
  }
}
Co<int> member_param(Msg m, Ref r) {
  auto n = co_await r.ask_in<Msg>(std::move(m.a), m.s);
  co_return n;
}
Co<Msg> give() {
  co_await Park{};
  Msg m{Tracked{1}, L};
  co_return m;
}
Co<std::unique_ptr<Tracked>> uniq() {
  co_await Park{};
  co_return std::make_unique<Tracked>(3);
}
Co<int> catchy() {
  int rc = 0;
  try {
    auto r = co_await [](Tracked t) -> Co<int> {
      co_await Park{};
      t.check();
      throw 5;
      co_return 0;
    }(Tracked{1});
    rc = r;
  } catch (int e) {
    rc = e;
  }
  co_return rc;
}
struct H {
  Tracked st{1};
  Co<int> on(Msg m) {
    co_await Park{};
    m.a.check();
    st.check();
    auto r = co_await forty();
    co_return r + m.a.v;
  }
};
Co<void> body(Ref r) {
  int n = 0;
  n = co_await ret_await();
  if (n != 42) ++bad;
  Tracked t{2};
  n = co_await ret_await_arg(std::move(t));
  if (n != 40) ++bad;
  co_await stmt_only();
  co_await two_stmts();
  co_await stmt_discard();
  n = co_await hoisted_if();
  if (n) ++bad;
  n = co_await hoisted_if_init();
  if (n) ++bad;
  n = co_await hoisted_loop();
  if (n) ++bad;
  n = co_await hoisted_switch(1);
  if (n) ++bad;
  Msg m{Tracked{3}, L};
  n = co_await member_param(std::move(m), r);
  if (n != 58) ++bad;
  Msg g = co_await give();
  g.a.check();
  if (g.s.size() != 55) ++bad;
  auto u = co_await uniq();
  if (u->v != 3) ++bad;
  n = co_await catchy();
  if (n != 5) ++bad;
  H h;
  Msg q{Tracked{1}, L};
  n = co_await h.on(std::move(q));
  if (n != 43) ++bad;
  n = co_await r.ask_in<Msg>(Tracked{3}, L);
  if (n != 58) ++bad;
  auto pending = r.ask_in<Msg>(Tracked{3}, L);
  n = co_await pending;
  if (n != 58) ++bad;
}
inline int run_probe() {
  run2(body(Ref{}));
  return report();
}

}  // namespace probe::dialect
