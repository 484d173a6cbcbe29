// What the probes share: an object that notices being copied bit by bit or destroyed twice, the
// plainest possible Task, and an awaitable that parks the coroutine until run() resumes it.
#pragma once

#include <coroutine>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace probe {

inline int live = 0;  // net count of Tracked objects
inline int bad = 0;
struct Tracked {  // self-address check: catches bitwise copies and double destroys
  const Tracked* self;
  int v;
  std::unique_ptr<int> heap;
  explicit Tracked(int v = 0) : self(this), v(v), heap(new int(v)) { ++live; }
  Tracked(const Tracked& o) : self(this), v(o.v), heap(new int(*o.heap)) {
    o.check();
    ++live;
  }
  Tracked(Tracked&& o) noexcept : self(this), v(o.v), heap(std::move(o.heap)) {
    o.check();
    ++live;
  }
  Tracked& operator=(const Tracked&) = delete;
  ~Tracked() {
    check();
    --live;
    self = nullptr;
  }
  void check() const {
    if (self != this) {
      ++bad;
    }
  }
};
template <class T>
struct Task;
template <class T>
struct PBase {
  std::coroutine_handle<> cont{};
  std::exception_ptr ex{};
  struct Fin {
    bool await_ready() noexcept { return false; }
    template <class P>
    std::coroutine_handle<> await_suspend(std::coroutine_handle<P> h) noexcept {
      auto c = h.promise().cont;
      return c ? c : std::noop_coroutine();
    }
    void await_resume() noexcept {}
  };
  std::suspend_always initial_suspend() noexcept { return {}; }
  Fin final_suspend() noexcept { return {}; }
  void unhandled_exception() { ex = std::current_exception(); }
};
template <class T>
struct [[nodiscard]] Task {
  struct promise_type : PBase<T> {
    std::optional<T> val;
    Task get_return_object() {
      return Task{std::coroutine_handle<promise_type>::from_promise(*this)};
    }
    template <class U = T>
    void return_value(U&& u) {
      val.emplace(std::forward<U>(u));
    }
  };
  std::coroutine_handle<promise_type> h;
  explicit Task(std::coroutine_handle<promise_type> h) : h(h) {}
  Task(Task&& o) noexcept : h(std::exchange(o.h, {})) {}
  ~Task() {
    if (h) h.destroy();
  }
  bool await_ready() noexcept { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> c) noexcept {
    h.promise().cont = c;
    return h;
  }
  T await_resume() {
    if (h.promise().ex) std::rethrow_exception(h.promise().ex);
    return std::move(*h.promise().val);
  }
};
template <>
struct [[nodiscard]] Task<void> {
  struct promise_type : PBase<void> {
    Task get_return_object() {
      return Task{std::coroutine_handle<promise_type>::from_promise(*this)};
    }
    void return_void() {}
  };
  std::coroutine_handle<promise_type> h;
  explicit Task(std::coroutine_handle<promise_type> h) : h(h) {}
  Task(Task&& o) noexcept : h(std::exchange(o.h, {})) {}
  ~Task() {
    if (h) h.destroy();
  }
  bool await_ready() noexcept { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> c) noexcept {
    h.promise().cont = c;
    return h;
  }
  void await_resume() {
    if (h.promise().ex) std::rethrow_exception(h.promise().ex);
  }
};
inline std::coroutine_handle<> parked{};
struct Park {
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<> h) { parked = h; }
  void await_resume() {}
};
inline void run(Task<void> t) {
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
inline int report() {
  std::printf("live=%d bad=%d\n", live, bad);
  return (live || bad) ? 1 : 0;
}

}  // namespace probe
