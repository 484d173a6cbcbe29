// Small blocks from free lists that belong to one life. Every block is its own allocation of the
// system, so a block that a program loses is a leak that the sanitizers see.
#pragma once

#include <array>
#include <cstddef>

#include <preordain/seam/memory.hpp>

#include "life.hpp"

namespace pre::sim {

class Memory final : public seam::Memory {
 public:
  explicit Memory(const Life& life) : life_(life) {}
  ~Memory();
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;
  void* allocate(std::size_t size) override;
  // Giving memory back is no act on the world: the dead may do it too.
  void release(void* block, std::size_t size) noexcept override;

 private:
  static constexpr std::size_t step = 32;
  static constexpr std::size_t classes = 32;  // up to 1 KiB
  struct Free {
    Free* next;
  };

  const Life& life_;
  std::array<Free*, classes> free_{};
};

}  // namespace pre::sim
