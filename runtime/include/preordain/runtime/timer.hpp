// A timer of one actor. It cancels itself when it dies, dies with the actor's incarnation, and a
// cancelled timer never delivers: its message is made in the actor's own slot when it is due.
#pragma once

#include <utility>

#include <preordain/base/duration.hpp>
#include <preordain/base/ids.hpp>
#include <preordain/base/task.hpp>

namespace pre {

class Cell;

// Keep it in the actor and use it there only; not thread-safe.
class Timer {
 public:
  Timer() = default;
  Timer(Cell& cell, TimerId id) noexcept : cell_(&cell), id_(id) {}
  Timer(Timer&& other) noexcept
      : cell_(std::exchange(other.cell_, nullptr)), id_(std::exchange(other.id_, {})) {}
  Timer& operator=(Timer&& other) noexcept {
    if (this != &other) {
      cancel();
      cell_ = std::exchange(other.cell_, nullptr);
      id_ = std::exchange(other.id_, {});
    }
    return *this;
  }
  ~Timer() { cancel(); }

  void cancel() noexcept;

 private:
  Cell* cell_ = nullptr;
  TimerId id_{};
};

// co_await sleep(10ms): the current handler pauses, its mailbox stays shut. Virtual in a
// simulation.
class [[nodiscard]] Sleep {
 public:
  explicit Sleep(Duration duration) noexcept : duration_(duration) {}
  Sleep(const Sleep&) = delete;
  Sleep& operator=(const Sleep&) = delete;
  ~Sleep();

  bool await_ready() const noexcept { return false; }
  template <class P>
  void await_suspend(std::coroutine_handle<P> waiting) {
    suspend(waiting.promise());
  }
  void await_resume() const noexcept {}

 private:
  void suspend(TaskPromise& promise);
  Duration duration_;
  Cell* cell_ = nullptr;
  TimerId id_{};
};

inline Sleep sleep(Duration duration) { return Sleep(duration); }

}  // namespace pre
