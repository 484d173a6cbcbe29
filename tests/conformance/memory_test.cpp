// Blocks: aligned, apart from each other, released by anyone.
#include <cstring>
#include <vector>

#include <preordain/seam/memory.hpp>

#include "callbacks.hpp"

namespace pre::conformance {
namespace {

constexpr std::size_t size_max = 5'000;

// A block that knows what it should contain.
struct Block {
  Block(seam::Memory& memory, std::size_t wanted, unsigned mark)
      : size(wanted),
        content(static_cast<unsigned char>(wanted * 31 + mark)),
        bytes(static_cast<unsigned char*>(memory.allocate(wanted))) {
    if (bytes != nullptr) std::memset(bytes, content, size);
  }
  bool is_aligned() const {
    return reinterpret_cast<std::uintptr_t>(bytes) % alignof(std::max_align_t) == 0;
  }
  bool is_intact() const {
    return std::all_of(bytes, bytes + size, [this](unsigned char byte) { return byte == content; });
  }

  std::size_t size;
  unsigned char content;
  unsigned char* bytes;
};

TEMPLATE_TEST_CASE("blocks of all sizes are aligned and apart from each other", "[memory]", Native,
                   Simulated) {
  const Under<TestType> under;
  seam::Memory& memory = (*under).environment().memory;
  std::vector<Block> blocks;

  for (std::size_t size = 0; size <= size_max; ++size) blocks.emplace_back(memory, size, 0);

  for (const Block& block : blocks) {
    if (block.bytes == nullptr) FAIL("no block of " << block.size << " bytes");
    if (!block.is_aligned()) FAIL("a block of " << block.size << " bytes is not aligned");
    if (!block.is_intact()) FAIL("a block of " << block.size << " bytes shares some of them");
  }
  for (const Block& block : blocks) memory.release(block.bytes, block.size);
}

TEMPLATE_TEST_CASE("what was released is given out again, to one at a time", "[memory]", Native,
                   Simulated) {
  const Under<TestType> under;
  seam::Memory& memory = (*under).environment().memory;
  std::vector<Block> live;

  for (unsigned i = 0; i < 20'000; ++i) {
    live.emplace_back(memory, i * 7'919ULL % 700 + 1, i);
    if (live.size() < 300) continue;
    const std::size_t victim = i * 104'729ULL % live.size();
    if (!live[victim].is_intact()) FAIL("block " << i << " was written by somebody else");
    memory.release(live[victim].bytes, live[victim].size);
    live[victim] = live.back();
    live.pop_back();
  }
  for (const Block& block : live) {
    REQUIRE(block.is_intact());
    memory.release(block.bytes, block.size);
  }
}

TEMPLATE_TEST_CASE("a block may be released by another turn than allocated it", "[memory]", Native,
                   Simulated) {
  constexpr unsigned count = 4'000;
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  seam::Memory& memory = world.environment().memory;
  std::vector<Block> here;
  std::vector<Block> there;
  bool intact = true;
  Job releasing(world, 1, [&] {
    intact = intact && here.back().is_intact();
    memory.release(here.back().bytes, here.back().size);
    here.pop_back();
    there.emplace_back(memory, there.size() % 300 + 1, 1);
  });

  for (unsigned i = 0; i < count; ++i) here.emplace_back(memory, i % 300 + 1, i);
  for (unsigned i = 0; i < count; ++i) releasing.add();
  REQUIRE(world.run_until([&] { return releasing.idle(); }));

  REQUIRE(intact);
  REQUIRE(there.size() == count);
  for (const Block& block : there) {
    intact = intact && block.is_intact();
    memory.release(block.bytes, block.size);
  }
  REQUIRE(intact);
}

}  // namespace
}  // namespace pre::conformance
