// A Wake that tells an actor an empty message, at most one at a time. It may exist before the actor
// does: what happens until bind() is found by the actor's first look.
#pragma once

#include <atomic>

#include <preordain/runtime/ref.hpp>
#include <preordain/seam/wake.hpp>

namespace pre::remoting {

template <class M>
class WakeTell final : public seam::Wake {
 public:
  WakeTell() = default;
  WakeTell(const WakeTell&) = delete;
  WakeTell& operator=(const WakeTell&) = delete;

  // Call once, in the actor's slot; then look.
  void bind(const Ref<M>& to) {
    keep_ = to.target();
    to_.store(keep_.get(), std::memory_order_release);
    heard();
  }
  // The actor has got the message and is about to look: the next wake is news.
  void heard() noexcept { told_.store(false); }

  void wake() noexcept override {
    if (told_.exchange(true)) return;
    if (Target* to = to_.load(std::memory_order_acquire)) {
      to->deliver(make_envelope<M>(to->memory()));
    }
  }

 private:
  TargetPtr keep_;
  std::atomic<Target*> to_{nullptr};
  std::atomic<bool> told_{false};
};

}  // namespace pre::remoting
