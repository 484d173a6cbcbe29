// The path of a block: region (2 MiB, from the kernel, never returned) -> chunk (64 KiB, given to
// one thread and one size) -> magazine of a thread -> depot -> magazine of another thread.
#include "native/pool.hpp"

#include <sys/mman.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <utility>
#include <vector>

#include <preordain/base/assert.hpp>

namespace pre::native::pool {
namespace {

constexpr std::size_t magazine_size = 256;
constexpr std::size_t chunk_size = 64 * 1024;
constexpr std::size_t region_size = 2 * 1024 * 1024;
constexpr std::array<std::size_t, 6> class_sizes = {64, 128, 192, 256, 512, size_max};

// By (size + 63) / 64.
constexpr std::array<std::uint8_t, 17> class_by_lines = {0, 0, 1, 2, 3, 4, 4, 4, 4,
                                                         5, 5, 5, 5, 5, 5, 5, 5};

struct Free {
  Free* next;
};
struct Chain {
  Free* first = nullptr;
  std::size_t count = 0;
};
struct Chunk {
  char* at = nullptr;
  char* end = nullptr;
};

[[noreturn]] void out_of_memory() {
  std::fputs("out of memory: the kernel gave no pages for the block pool\n", stderr);
  std::abort();
}

// A region starts at a multiple of its size, so that one huge page can back it.
char* map_region() {
  void* raw = ::mmap(nullptr, 2 * region_size, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (raw == MAP_FAILED) out_of_memory();
  char* const first = static_cast<char*>(raw);
  const std::size_t skip = (0 - reinterpret_cast<std::uintptr_t>(raw)) % region_size;
  if (skip != 0) ::munmap(first, skip);
  ::munmap(first + skip + region_size, region_size - skip);
  ::madvise(first + skip, region_size, MADV_HUGEPAGE);
  return first + skip;
}

// What all threads share. Blocks outlive threads and hosts, so this is never destroyed.
class Depot {
 public:
  static Depot& instance() {
    static Depot* const depot = new Depot;
    return *depot;
  }

  Chain take_chain(std::size_t size_class) {
    const std::scoped_lock lock(mutex_);
    auto& chains = chains_[size_class];
    if (chains.empty()) return {};
    const Chain chain = chains.back();
    chains.pop_back();
    return chain;
  }
  void give_chain(std::size_t size_class, Chain chain) {
    const std::scoped_lock lock(mutex_);
    chains_[size_class].push_back(chain);
  }
  Chunk take_chunk(std::size_t size_class) {
    const std::scoped_lock lock(mutex_);
    auto& used = used_chunks_[size_class];
    if (!used.empty()) {
      const Chunk chunk = used.back();
      used.pop_back();
      return chunk;
    }
    if (region_.at == region_.end) {
      region_.at = map_region();
      region_.end = region_.at + region_size;
    }
    char* const first = std::exchange(region_.at, region_.at + chunk_size);
    const std::size_t size = class_sizes[size_class];
    return {first, first + chunk_size / size * size};
  }
  void give_chunk(std::size_t size_class, Chunk chunk) {
    const std::scoped_lock lock(mutex_);
    used_chunks_[size_class].push_back(chunk);
  }

 private:
  std::mutex mutex_;
  std::array<std::vector<Chain>, class_sizes.size()> chains_;
  // The rests of chunks whose thread ended.
  std::array<std::vector<Chunk>, class_sizes.size()> used_chunks_;
  Chunk region_;
};

constinit thread_local bool flush_arranged = false;

// One thread's blocks of one size. Trivial to destroy, so that reaching it costs no check; the slow
// paths arrange for flush() at the end of the thread.
struct Cache {
  Chain current;
  Free* spare = nullptr;  // a full magazine, or none
  Chunk chunk;

  void* take(std::size_t size_class) {
    if (Free* const block = current.first) [[likely]] {
      current.first = block->next;
      --current.count;
      return block;
    }
    return take_slowly(size_class);
  }
  void give(void* block, std::size_t size_class) {
    if (current.first == nullptr) [[unlikely]]
      flush_at_thread_end();
    current.first = ::new (block) Free{current.first};
    if (++current.count == magazine_size) [[unlikely]] {
      if (spare != nullptr) Depot::instance().give_chain(size_class, {spare, magazine_size});
      spare = std::exchange(current, {}).first;
    }
  }
  void flush(std::size_t size_class) {
    if (current.first != nullptr) Depot::instance().give_chain(size_class, current);
    if (spare != nullptr) Depot::instance().give_chain(size_class, {spare, magazine_size});
    if (chunk.at != chunk.end) Depot::instance().give_chunk(size_class, chunk);
    *this = {};
  }

 private:
  [[gnu::noinline]] void* take_slowly(std::size_t size_class) {
    if (!flush_arranged) flush_at_thread_end();
    if (spare != nullptr) {
      current = {std::exchange(spare, nullptr), magazine_size};
    } else if (chunk.at == chunk.end) {
      current = Depot::instance().take_chain(size_class);
      if (current.first == nullptr) chunk = Depot::instance().take_chunk(size_class);
    }
    if (current.first != nullptr) return take(size_class);
    return std::exchange(chunk.at, chunk.at + class_sizes[size_class]);
  }
  static void flush_at_thread_end();
};

constinit thread_local std::array<Cache, class_sizes.size()> caches{};

// Gives what an ending thread holds to the others.
struct Flusher {
  ~Flusher() {
    for (std::size_t i = 0; i < caches.size(); ++i) caches[i].flush(i);
  }
  void arrange() noexcept { flush_arranged = true; }
};
thread_local Flusher flusher;

// The first touch of the flusher in a thread registers its destructor.
void Cache::flush_at_thread_end() { flusher.arrange(); }

std::size_t class_of(std::size_t size) {
  PRE_ASSERT(size <= size_max, "only small blocks come from the pool");
  return class_by_lines[(size + 63) / 64];
}

}  // namespace

void* take(std::size_t size) {
  const std::size_t size_class = class_of(size);
  return caches[size_class].take(size_class);
}

void give(void* block, std::size_t size) noexcept {
  const std::size_t size_class = class_of(size);
  caches[size_class].give(block, size_class);
}

}  // namespace pre::native::pool
