// Task<T>: a lazy coroutine with one owner, cancelled by destruction. Resumption always goes
// through the queue of the slot that owns it, never by symmetric transfer: every step can be
// counted and chosen, and GCC below -O2 overflows the stack otherwise (docs/STYLE.md, coroutine
// rules).
#pragma once

#include <coroutine>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

#include <preordain/base/assert.hpp>

namespace pre {

class TaskOwner;

// The part of a coroutine frame that its slot knows: a link in the queue of those that may go on.
class TaskPromise {
 public:
  TaskPromise() = default;
  TaskPromise(const TaskPromise&) = delete;
  TaskPromise& operator=(const TaskPromise&) = delete;
  ~TaskPromise() { unlink(); }

  TaskOwner* owner = nullptr;           // set when the task starts
  TaskPromise* continuation = nullptr;  // who awaits this task; null: the owner itself
  std::exception_ptr exception;

  std::suspend_always initial_suspend() noexcept { return {}; }
  void unhandled_exception() { exception = std::current_exception(); }

 protected:
  std::coroutine_handle<> self_;  // set by the derived promise

 private:
  friend class TaskOwner;
  void unlink() noexcept;

  TaskPromise* next_ = nullptr;
  TaskPromise* previous_ = nullptr;
  bool queued_ = false;
};

// Whoever runs coroutines: an actor's slot. Not thread-safe: everything happens inside the slot.
class TaskOwner {
 public:
  TaskOwner() = default;
  TaskOwner(const TaskOwner&) = delete;
  TaskOwner& operator=(const TaskOwner&) = delete;

  // Queues a suspended coroutine; its destruction takes it out again.
  void post(TaskPromise& promise) noexcept;
  // Starts a lazy task whose end is reported to task_done().
  void start(TaskPromise& root) noexcept;
  // Called at the end of a task, with its frame still alive.
  void finished(TaskPromise& promise) noexcept;

 protected:
  ~TaskOwner() { PRE_ASSERT(first_ == nullptr, "a slot outlives the coroutines it runs"); }

  bool has_resumable() const noexcept { return first_ != nullptr; }
  // Precondition: has_resumable().
  void resume_one();
  virtual void task_done(TaskPromise& root) noexcept = 0;

 private:
  friend class TaskPromise;
  TaskPromise* first_ = nullptr;
  TaskPromise* last_ = nullptr;
};

template <class T>
class Task;

namespace task {

struct FinalSuspend {
  bool await_ready() noexcept { return false; }
  template <class P>
  void await_suspend(std::coroutine_handle<P> ended) noexcept {
    ended.promise().owner->finished(ended.promise());
  }
  void await_resume() noexcept {}
};

template <class T>
struct Promise : TaskPromise {
  Promise() { self_ = std::coroutine_handle<Promise>::from_promise(*this); }
  Task<T> get_return_object();
  FinalSuspend final_suspend() noexcept { return {}; }
  template <class U>
    requires std::is_constructible_v<T, U>
  void return_value(U&& u) {
    value.emplace(std::forward<U>(u));
  }
  T take() {
    if (exception) std::rethrow_exception(exception);
    return std::move(*value);
  }
  std::optional<T> value;
};

template <>
struct Promise<void> : TaskPromise {
  Promise() { self_ = std::coroutine_handle<Promise>::from_promise(*this); }
  Task<void> get_return_object();
  FinalSuspend final_suspend() noexcept { return {}; }
  void return_void() {}
  void take() const {
    if (exception) std::rethrow_exception(exception);
  }
};

}  // namespace task

template <class T = void>
class [[nodiscard]] Task {
 public:
  using promise_type = task::Promise<T>;
  using value_type = T;
  using Handle = std::coroutine_handle<promise_type>;

  Task() = default;
  explicit Task(Handle handle) : handle_(handle) {}
  Task(Task&& other) noexcept : handle_(std::exchange(other.handle_, {})) {}
  Task& operator=(Task&& other) noexcept {
    if (this != &other) {
      reset();
      handle_ = std::exchange(other.handle_, {});
    }
    return *this;
  }
  ~Task() { reset(); }

  // Destroys the frame, and with it everything that it waits for.
  void reset() noexcept {
    if (handle_) std::exchange(handle_, {}).destroy();
  }
  // Gives the frame away: whoever takes it destroys it.
  Handle release() noexcept { return std::exchange(handle_, {}); }
  explicit operator bool() const noexcept { return static_cast<bool>(handle_); }
  promise_type& promise() const noexcept { return handle_.promise(); }

  // Has a constructor on purpose: GCC 12 destroys aggregate awaiters twice.
  class Awaiter {
   public:
    explicit Awaiter(Handle handle) : handle_(handle) {}
    bool await_ready() const noexcept { return false; }
    template <class P>
    void await_suspend(std::coroutine_handle<P> parent) noexcept {
      auto& promise = handle_.promise();
      promise.owner = parent.promise().owner;
      promise.continuation = &parent.promise();
      promise.owner->post(promise);
    }
    T await_resume() { return handle_.promise().take(); }

   private:
    Handle handle_;
  };
  Awaiter operator co_await() const noexcept { return Awaiter(handle_); }

 private:
  Handle handle_{};
};

namespace task {
template <class T>
Task<T> Promise<T>::get_return_object() {
  return Task<T>(std::coroutine_handle<Promise>::from_promise(*this));
}
inline Task<void> Promise<void>::get_return_object() {
  return Task<void>(std::coroutine_handle<Promise>::from_promise(*this));
}
}  // namespace task

}  // namespace pre
