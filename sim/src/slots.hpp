// A pool of things that events and product objects refer to by a handle. A handle of a thing that
// is gone finds nothing, so an event that comes too late is harmless, and no address ever decides
// anything. Addresses are stable; walking goes by index, which depends on the history alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include <preordain/base/assert.hpp>

namespace pre::sim {

struct Handle {
  std::uint32_t index = 0;
  std::uint32_t generation = 0;  // 0: refers to nothing
  friend constexpr bool operator==(Handle, Handle) = default;
};

// T has recycle(): back to the state of a new one, but keeping its memory.
template <class T>
class Slots {
 public:
  Handle acquire() {
    std::uint32_t index = 0;
    if (free_.empty()) {
      index = used_++;
      if (index == slots_.size()) slots_.emplace_back();
    } else {
      index = free_.back();
      free_.pop_back();
    }
    Slot& slot = slots_[index];
    PRE_ASSERT(!slot.live, "a free slot is not in use");
    slot.live = true;
    ++slot.generation;
    if (slot.generation == 0) slot.generation = 1;
    slot.item.recycle();
    return {index, slot.generation};
  }
  void release(Handle handle) {
    PRE_ASSERT(find(handle) != nullptr, "only what is in use is given back");
    slots_[handle.index].live = false;
    slots_[handle.index].item.recycle();
    free_.push_back(handle.index);
  }
  T* find(Handle handle) noexcept {
    if (handle.index >= used_) return nullptr;
    Slot& slot = slots_[handle.index];
    return slot.live && slot.generation == handle.generation ? &slot.item : nullptr;
  }
  // f(Handle, T&) for all in use, by index. f may release the one it is given.
  template <class F>
  void each(F&& f) {
    for (std::uint32_t i = 0; i < used_; ++i) {
      Slot& slot = slots_[i];
      if (slot.live) f(Handle{i, slot.generation}, slot.item);
    }
  }
  // All are free again, and are handed out in the order of a new pool.
  void clear() {
    each([this](Handle handle, T&) { release(handle); });
    used_ = 0;
    free_.clear();
  }

 private:
  struct Slot {
    T item;
    std::uint32_t generation = 0;
    bool live = false;
  };
  std::deque<Slot> slots_;
  std::vector<std::uint32_t> free_;
  std::uint32_t used_ = 0;
};

}  // namespace pre::sim
