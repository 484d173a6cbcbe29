// co_return with a braced list.
#pragma once

#include "../probe.hpp"

namespace probe::co_return_braces {

struct Reply {
  Tracked a;
  std::string s;
};
struct TaskR {
  struct promise_type {
    std::optional<Reply> v;
    std::coroutine_handle<> c;
    TaskR get_return_object() { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
    std::suspend_always initial_suspend() { return {}; }
    struct Fin {
      bool await_ready() noexcept { return false; }
      std::coroutine_handle<> await_suspend(std::coroutine_handle<promise_type> h) noexcept {
        return h.promise().c;
      }
      void await_resume() noexcept {}
    };
    Fin final_suspend() noexcept { return {}; }
    void unhandled_exception() {}
    void return_value(Reply r) { v.emplace(std::move(r)); }
  };
  std::coroutine_handle<promise_type> h;
  TaskR(std::coroutine_handle<promise_type> h) : h(h) {}
  TaskR(TaskR&& o) : h(std::exchange(o.h, {})) {}
  ~TaskR() {
    if (h) h.destroy();
  }
  bool await_ready() { return false; }
  auto await_suspend(std::coroutine_handle<> c) {
    h.promise().c = c;
    return h;
  }
  Reply await_resume() { return std::move(*h.promise().v); }
};
TaskR r() {
  co_await Park{};
  co_return {Tracked{4}, "a rather long string that does not fit the small buffer"};
}
Task<void> body() {
  Reply x = co_await r();
  x.a.check();
  if (x.a.v != 4) ++bad;
}
inline int run_probe() {
  run(body());
  return report();
}

}  // namespace probe::co_return_braces
