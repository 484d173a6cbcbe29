// The words of the dialect and cancel probes: a Task whose operator co_await returns an awaiter of
// its own, and an ask() whose awaiter has a constructor and keeps its message on the heap.
#pragma once

#include "probe.hpp"

namespace probe {

// Task whose operator co_await returns a separate trivially-destructible awaiter
template <class T>
struct Co;
template <class T>
struct CoP : PBase<T> {
  std::optional<T> val;
  Co<T> get_return_object();
  template <class U = T>
  void return_value(U&& u) {
    val.emplace(std::forward<U>(u));
  }
};
template <>
struct CoP<void> : PBase<void> {
  Co<void> get_return_object();
  void return_void() {}
};
template <class T>
struct [[nodiscard]] Co {
  using promise_type = CoP<T>;
  std::coroutine_handle<promise_type> h;
  explicit Co(std::coroutine_handle<promise_type> h) : h(h) {}
  Co(Co&& o) noexcept : h(std::exchange(o.h, {})) {}
  ~Co() {
    if (h) h.destroy();
  }
  struct Aw {
    std::coroutine_handle<promise_type> h;
    bool await_ready() noexcept { return false; }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> c) noexcept {
      h.promise().cont = c;
      return h;
    }
    T await_resume() {
      if (h.promise().ex) std::rethrow_exception(h.promise().ex);
      if constexpr (!std::is_void_v<T>) return std::move(*h.promise().val);
    }
  };
  Aw operator co_await() && noexcept { return Aw{h}; }
  Aw operator co_await() & noexcept { return Aw{h}; }
};
template <class T>
Co<T> CoP<T>::get_return_object() {
  return Co<T>{std::coroutine_handle<CoP<T>>::from_promise(*this)};
}
inline Co<void> CoP<void>::get_return_object() {
  return Co<void>{std::coroutine_handle<CoP<void>>::from_promise(*this)};
}
inline void run2(Co<void> t) {
  t.h.resume();
  int n = 0;
  while (parked && n++ < 1000000) {
    auto h = std::exchange(parked, {});
    h.resume();
  }
  if (!t.h.done()) {
    std::puts("NOT DONE");
    std::exit(3);
  }
  if (t.h.promise().ex) std::rethrow_exception(t.h.promise().ex);
}
struct Msg {
  Tracked a;
  std::string s;
};  // aggregate message
struct MsgC {
  Tracked a;
  std::string s;
  MsgC(Tracked a, std::string s) : a(std::move(a)), s(std::move(s)) {}
};  // constructor
struct Triv {
  int n;
  double d;
};
#define L "a rather long string that does not fit the small buffer"
// the awaiter has a constructor, holds its message on the heap (envelope)
template <class M>
class Ask {
  std::unique_ptr<M> m;

 public:
  explicit Ask(M&& x) : m(std::make_unique<M>(std::move(x))) {}
  Ask(Ask&&) = default;
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<> h) { parked = h; }
  int await_resume() {
    if constexpr (requires { m->a; }) {
      m->a.check();
      return m->a.v + (int)m->s.size();
    } else
      return m->n;
  }
};
struct Ref {
  template <class M>
  Ask<M> ask(M m) const {
    return Ask<M>(std::move(m));
  }
  template <class M>
  Ask<M> ask_ref(const M& m) const {
    return Ask<M>(M(m));
  }
  template <class M>
  Ask<M> ask_rv(M&& m) const {
    return Ask<M>(std::move(m));
  }
  template <class M, class... A>
  Ask<M> ask_in(A&&... a) const {
    return Ask<M>(M{std::forward<A>(a)...});
  }
};
inline Msg make(int v) { return Msg{Tracked{v}, L}; }
template <class M, class... A>
M msg(A&&... a) {
  return M{std::forward<A>(a)...};
}
struct MsgS {
  std::string s;
  int n;
};  // very typical message
struct Opt {
  std::string name{};
  int n = 0;
};
Co<int> co_opt(Opt o) {
  co_await Park{};
  co_return (int) o.name.size() + o.n;
}
inline Ask<Opt> plain_opt(Opt o) { return Ask<Opt>(std::move(o)); }
template <class F>
Co<int> callco(F f) {
  co_await Park{};
  co_return f();
}
inline Co<int> callfn(std::function<int()> f) {
  co_await Park{};
  co_return f();
}
Co<int> sumstr(std::vector<std::string> v) {
  co_await Park{};
  int s = 0;
  for (auto& x : v) s += (int)x.size();
  co_return s;
}
Co<Tracked> mk(int v) {
  co_await Park{};
  co_return Tracked{v};
}
Co<int> agg_default(Tracked a, Opt o = {}) {
  co_await Park{};
  co_return a.v + (int)o.name.size();
}
template <class... A>
Co<int> pack(A... a) {
  co_await Park{};
  (a.check(), ...);
  co_return (a.v + ...);
}

}  // namespace probe
