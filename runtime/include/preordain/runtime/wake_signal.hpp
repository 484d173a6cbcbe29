// From the outside world into a slot: a Wake that lets one coroutine of an actor go on. Declare it
// before the object that is given the Wake, so that it dies after it.
//
//   WakeSignal woken(*this);
//   auto sync = file.sync(woken);
//   while (pending(*sync)) co_await woken.wait();
#pragma once

#include <atomic>
#include <coroutine>

#include <preordain/base/task.hpp>
#include <preordain/runtime/target.hpp>
#include <preordain/seam/wake.hpp>

namespace pre {

class ActorBase;
class Cell;

class WakeSignal final : public seam::Wake {
 public:
  // In the slot of `actor`, whose coroutine will wait.
  explicit WakeSignal(const ActorBase& actor);
  ~WakeSignal();
  WakeSignal(const WakeSignal&) = delete;
  WakeSignal& operator=(const WakeSignal&) = delete;

  // Any thread; many wakes between two waits are one.
  void wake() noexcept override;

  class Wait {
   public:
    explicit Wait(WakeSignal& signal) noexcept : signal_(signal) {}
    bool await_ready() const noexcept { return signal_.pending_.exchange(false); }
    template <class P>
    void await_suspend(std::coroutine_handle<P> waiting) noexcept {
      signal_.waiting_ = &waiting.promise();
    }
    void await_resume() const noexcept {}

   private:
    WakeSignal& signal_;
  };
  // Goes on at once if a wake came since the last wait.
  [[nodiscard]] Wait wait() noexcept { return Wait(*this); }

 private:
  friend class Cell;
  void woken() noexcept;

  TargetPtr cell_;
  std::uint64_t token_;
  std::atomic<bool> pending_{false};
  TaskPromise* waiting_ = nullptr;
};

}  // namespace pre
