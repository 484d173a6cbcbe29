// The block pool, also across threads.
#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <cstddef>
#include <cstring>
#include <iterator>
#include <mutex>
#include <set>
#include <thread>
#include <utility>
#include <vector>

#include <preordain/seam/memory.hpp>

#include "native/pool.hpp"
#include "support.hpp"

namespace pre::native::test {
namespace {

struct Block {
  unsigned char* at;
  std::size_t size;
  unsigned char mark;
};

// Fills the block, so that two owners of one block would see each other's marks.
template <class Allocate>
Block marked(Allocate&& allocate, std::size_t size, unsigned seed) {
  const Block block{static_cast<unsigned char*>(allocate(size)), size,
                    static_cast<unsigned char>(seed * 37 + size)};
  std::memset(block.at, block.mark, size);
  return block;
}

bool intact(const Block& block) {
  for (std::size_t i = 0; i < block.size; ++i) {
    if (block.at[i] != block.mark) return false;
  }
  return true;
}

// Every thread makes blocks and frees those of the thread before it, in rounds.
template <class Allocate, class Release>
bool exchange_among_threads(Allocate allocate, Release release) {
  constexpr unsigned threads = 4;
  constexpr unsigned rounds = 30;
  struct Box {
    std::mutex mutex;
    std::vector<Block> blocks;
  };
  std::vector<Box> boxes(threads);
  std::atomic<bool> good{true};
  std::vector<std::thread> workers;
  for (unsigned self = 0; self < threads; ++self) {
    workers.emplace_back([&, self] {
      for (unsigned round = 0; round < rounds; ++round) {
        std::vector<Block> made;
        for (unsigned i = 0; i < 700; ++i) {
          made.push_back(marked(allocate, 1 + (i * 131 + round * 17) % 1500, self + round));
        }
        std::vector<Block> taken;
        {
          const std::scoped_lock lock(boxes[self].mutex);
          taken = std::exchange(boxes[self].blocks, std::move(made));
        }
        const unsigned other = (self + 1) % threads;
        {
          const std::scoped_lock lock(boxes[other].mutex);
          std::ranges::move(boxes[other].blocks, std::back_inserter(taken));
          boxes[other].blocks.clear();
        }
        for (const Block& block : taken) {
          if (!intact(block)) good = false;
          release(block.at, block.size);
        }
      }
    });
  }
  for (std::thread& worker : workers) worker.join();
  for (const Box& box : boxes) {
    for (const Block& block : box.blocks) {
      if (!intact(block)) good = false;
      release(block.at, block.size);
    }
  }
  return good;
}

TEST_CASE("blocks made by one thread and released by another keep what is in them") {
  Host host(quiet_options());
  seam::Memory& memory = host.environment().memory;

  REQUIRE(
      exchange_among_threads([&](std::size_t size) { return memory.allocate(size); },
                             [&](void* block, std::size_t size) { memory.release(block, size); }));
}

TEST_CASE("the pool itself does, in sanitised builds too") {
  REQUIRE(exchange_among_threads(
      [](std::size_t size) {
        return size <= pool::size_max ? pool::take(size) : ::operator new(size);
      },
      [](void* block, std::size_t size) {
        return size <= pool::size_max ? pool::give(block, size) : ::operator delete(block);
      }));
}

TEST_CASE("blocks are aligned, distinct and used again") {
  constexpr std::size_t count = 5'000;
  for (const std::size_t size : {0U, 1U, 64U, 65U, 192U, 256U, 257U, 512U, 513U, 1024U}) {
    INFO(size);
    std::set<void*> blocks;
    for (std::size_t i = 0; i < count; ++i) {
      void* const block = pool::take(size);
      REQUIRE(reinterpret_cast<std::uintptr_t>(block) % 64 == 0);
      std::memset(block, 0xab, size);
      blocks.insert(block);
    }
    REQUIRE(blocks.size() == count);
    for (void* const block : blocks) pool::give(block, size);
    std::vector<void*> again;
    std::size_t known = 0;
    for (std::size_t i = 0; i < count; ++i) {
      again.push_back(pool::take(size));
      known += blocks.count(again.back());
    }
    for (void* const block : again) pool::give(block, size);
    REQUIRE(known >= count / 2);
  }
}

TEST_CASE("an ended thread's blocks go to the living") {
  std::set<void*> released;
  std::thread([&] {
    std::vector<void*> blocks;
    for (int i = 0; i < 100; ++i) blocks.push_back(pool::take(500));
    for (void* const block : blocks) {
      released.insert(block);
      pool::give(block, 500);
    }
  }).join();

  std::size_t seen = 0;
  std::thread([&] {
    std::vector<void*> blocks;
    for (int i = 0; i < 100; ++i) {
      blocks.push_back(pool::take(500));
      seen += released.count(blocks.back());
    }
    for (void* const block : blocks) pool::give(block, 500);
  }).join();

  REQUIRE(seen == 100);
}

}  // namespace
}  // namespace pre::native::test
