// The bytes of one file, twice: as the operating system sees them (its page cache), and as they
// would be found after a power loss, plus the changes between the two.
#pragma once

#include <cstdint>
#include <vector>

#include <preordain/base/bytes.hpp>

#include "core.hpp"

namespace pre::sim {

class Inode {
 public:
  ByteView bytes() const noexcept { return current_; }
  void write(std::uint64_t offset, ByteView from);
  void truncate(std::uint64_t size);

  // Names everything that was changed so far.
  std::uint64_t mark() const noexcept { return settled_ + changes_.size(); }
  // What was changed up to `mark` is safe now.
  void settle(std::uint64_t mark);
  // Each change that was not safe is lost, kept or torn: a decision each.
  void lose_power(Core& core, Scope& host);

 private:
  struct Change {
    enum class What : std::uint8_t { write, truncate };
    What what;
    std::uint64_t at;  // offset, or the new size
    Bytes bytes;
  };
  static void apply(Bytes& image, const Change& change, std::size_t bytes);

  Bytes current_;
  Bytes durable_;
  std::vector<Change> changes_;
  std::uint64_t settled_ = 0;  // changes before changes_.front()
};

}  // namespace pre::sim
