// Replaying changes onto the durable image: all of them at a sync, some at a power loss.
#include "disk/inode.hpp"

#include <algorithm>

namespace pre::sim {

namespace {

constexpr std::uint64_t sector = 512;  // what a disk writes whole or not at all

// The part of a torn write that reached the disk: up to one of the sector boundaries inside it.
std::size_t torn(Core& core, Scope& host, std::uint64_t offset, std::size_t size) {
  const std::uint64_t first = offset / sector + 1;
  const std::uint64_t last = (offset + size - 1) / sector;
  if (size == 0 || first > last) return 0;  // no boundary inside: nothing arrived
  const std::uint64_t chosen = core.choice.below(host, Site::torn_at, last - first + 1);
  return static_cast<std::size_t>((first + chosen) * sector - offset);
}

}  // namespace

void Inode::write(std::uint64_t offset, ByteView from) {
  changes_.push_back({Change::What::write, offset, Bytes(from.begin(), from.end())});
  apply(current_, changes_.back(), from.size());
}

void Inode::truncate(std::uint64_t size) {
  changes_.push_back({Change::What::truncate, size, {}});
  apply(current_, changes_.back(), 0);
}

void Inode::apply(Bytes& image, const Change& change, std::size_t bytes) {
  if (change.what == Change::What::truncate) {
    image.resize(change.at);
    return;
  }
  if (image.size() < change.at + bytes) image.resize(change.at + bytes);
  std::copy_n(change.bytes.begin(), bytes, image.begin() + static_cast<std::ptrdiff_t>(change.at));
}

void Inode::settle(std::uint64_t mark) {
  if (mark <= settled_) return;  // a later sync was faster
  const auto count = static_cast<std::ptrdiff_t>(mark - settled_);
  for (auto change = changes_.begin(); change != changes_.begin() + count; ++change) {
    apply(durable_, *change, change->bytes.size());
  }
  changes_.erase(changes_.begin(), changes_.begin() + count);
  settled_ = mark;
}

void Inode::lose_power(Core& core, Scope& host) {
  const Knobs& knobs = core.knobs;
  for (const Change& change : changes_) {
    if (core.choice.fires(host, Site::write_kept, knobs.unsynced_write_kept)) {
      apply(durable_, change, change.bytes.size());
    } else if (change.what == Change::What::write &&
               core.choice.fires(host, Site::write_torn, knobs.unsynced_write_torn)) {
      const std::size_t arrived = torn(core, host, change.at, change.bytes.size());
      if (arrived > 0) apply(durable_, change, arrived);
    }
  }
  settled_ = mark();
  changes_.clear();
  current_ = durable_;
}

}  // namespace pre::sim
