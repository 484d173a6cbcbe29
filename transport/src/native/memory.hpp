// seam::Memory: small blocks from the pool, the rest from the heap. Has no state of its own: the
// pool belongs to the process, and several hosts in one process share it.
#pragma once

#include <preordain/seam/memory.hpp>

namespace pre::native {

class PooledMemory final : public seam::Memory {
 public:
  void* allocate(std::size_t size) override;
  void release(void* block, std::size_t size) noexcept override;
};

}  // namespace pre::native
