// Free lists by size; 32 bytes a step.
#include "memory.hpp"

#include <new>
#include <utility>

namespace pre::sim {

namespace {
// Under AddressSanitizer nothing is reused: a free list would hide a use after release.
#if defined(__SANITIZE_ADDRESS__)
constexpr bool reuse = false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
constexpr bool reuse = false;
#else
constexpr bool reuse = true;
#endif
#else
constexpr bool reuse = true;
#endif
}  // namespace

Memory::~Memory() {
  for (Free* block : free_) {
    while (block != nullptr) ::operator delete(std::exchange(block, block->next));
  }
}

void* Memory::allocate(std::size_t size) {
  static_cast<void>(life_.refuses());  // counted, but there is no way to say no
  const std::size_t kind = size == 0 ? 0 : (size - 1) / step;
  if (kind >= classes) return ::operator new(size);
  if (Free* block = free_[kind]) {
    free_[kind] = block->next;
    return block;
  }
  return ::operator new((kind + 1) * step);
}

void Memory::release(void* block, std::size_t size) noexcept {
  const std::size_t kind = size == 0 ? 0 : (size - 1) / step;
  if (!reuse || kind >= classes) {
    ::operator delete(block);
    return;
  }
  free_[kind] = new (block) Free{free_[kind]};
}

}  // namespace pre::sim
