#include "native/memory.hpp"

#include <cstdio>
#include <cstdlib>
#include <new>

#include "native/pool.hpp"

namespace pre::native {
namespace {

// A pool would hide use-after-free and races from the sanitizers. Clang tells of them by feature,
// GCC by macro.
#if defined(__has_feature)
constexpr bool sanitized = __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) ||
                           __has_feature(memory_sanitizer);
#elif defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif
constexpr bool pooled = !sanitized;

}  // namespace

void* PooledMemory::allocate(std::size_t size) {
  if (pooled && size <= pool::size_max) return pool::take(size);
  void* const block = ::operator new(size, std::nothrow);
  if (block == nullptr) {
    std::fprintf(stderr, "out of memory: no block of %zu bytes\n", size);
    std::abort();
  }
  return block;
}

void PooledMemory::release(void* block, std::size_t size) noexcept {
  if (pooled && size <= pool::size_max) return pool::give(block, size);
  ::operator delete(block);
}

}  // namespace pre::native
