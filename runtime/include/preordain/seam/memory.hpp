// Small blocks for messages, replies and coroutine frames. In the real world per-thread magazines,
// in a simulation free lists that belong to the node.
#pragma once

#include <cstddef>

namespace pre::seam {

class Memory {
 public:
  // At least `size` bytes aligned for std::max_align_t; never null (running out ends the process).
  // Thread-safe, and release may happen on another thread than allocate.
  virtual void* allocate(std::size_t size) = 0;
  // `size` is what was asked for at allocate.
  virtual void release(void* block, std::size_t size) noexcept = 0;

 protected:
  ~Memory() = default;
};

}  // namespace pre::seam
