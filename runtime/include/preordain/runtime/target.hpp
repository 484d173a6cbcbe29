// Somebody to whom messages can be sent: an actor of this node, or one far away. What a Ref points
// to.
#pragma once

#include <atomic>
#include <cstdint>
#include <utility>

#include <preordain/runtime/message.hpp>
#include <preordain/runtime/pid.hpp>

namespace pre {

class Target {
 public:
  Target(const Target&) = delete;
  Target& operator=(const Target&) = delete;

  void retain() noexcept { references_.fetch_add(1, std::memory_order_relaxed); }
  void release() noexcept {
    if (references_.fetch_sub(1, std::memory_order_acq_rel) == 1) destroy();
  }

  // Takes the envelope. Never blocks and never runs user code. Thread-safe.
  virtual void deliver(Envelope* envelope) noexcept = 0;
  virtual seam::Memory& memory() const noexcept = 0;
  virtual const Pid& pid() const noexcept = 0;

 protected:
  Target() = default;
  virtual ~Target() = default;
  virtual void destroy() noexcept { delete this; }

 private:
  std::atomic<std::uint32_t> references_{0};
};

// A counted reference to a Target.
class TargetPtr {
 public:
  TargetPtr() = default;
  explicit TargetPtr(Target* target) noexcept : target_(target) {
    if (target_ != nullptr) target_->retain();
  }
  TargetPtr(const TargetPtr& other) noexcept : TargetPtr(other.target_) {}
  TargetPtr(TargetPtr&& other) noexcept : target_(std::exchange(other.target_, nullptr)) {}
  TargetPtr& operator=(TargetPtr other) noexcept {
    std::swap(target_, other.target_);
    return *this;
  }
  ~TargetPtr() {
    if (target_ != nullptr) target_->release();
  }
  Target* get() const noexcept { return target_; }
  Target& operator*() const noexcept { return *target_; }
  Target* operator->() const noexcept { return target_; }
  explicit operator bool() const noexcept { return target_ != nullptr; }

 private:
  Target* target_ = nullptr;
};

}  // namespace pre
