// The wire between a polled object and its owner's Wake, cut when the object is destroyed. Handlers
// of waits that are still under way hold the wire, never the object.
#pragma once

#include <mutex>

#include <preordain/seam/wake.hpp>

namespace pre::native {

class WakeWire {
 public:
  explicit WakeWire(seam::Wake& wake) : wake_(&wake) {}

  // Nothing happens once the wire is cut. The wake runs under the mutex: so cut() waits for one
  // that is running. It may not call back into the object, so it cannot come here again.
  void wake() noexcept {
    const std::scoped_lock lock(mutex_);
    if (wake_ != nullptr) wake_->wake();
  }
  // After this returns no wake is running and none will start.
  void cut() noexcept {
    const std::scoped_lock lock(mutex_);
    wake_ = nullptr;
  }

 private:
  std::mutex mutex_;
  seam::Wake* wake_;
};

}  // namespace pre::native
