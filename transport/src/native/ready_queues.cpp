#include "native/ready_queues.hpp"

#include <algorithm>

namespace pre::native {
namespace {

// Most turns that move to a worker's ring in one visit.
constexpr std::size_t batch_max = 255;
// The used-up front of the vector is dropped when it is at least this long, and half of it all.
constexpr std::size_t compact_min = 4096;

}  // namespace

void Injector::push(seam::Turn& turn) {
  const std::scoped_lock lock(mutex_);
  turns_.push_back(&turn);
  size_.store(turns_.size() - first_, std::memory_order_seq_cst);
}

seam::Turn* Injector::pop(Ring& ring) {
  if (empty()) return nullptr;
  const std::scoped_lock lock(mutex_);
  if (first_ == turns_.size()) return nullptr;
  seam::Turn* const oldest = turns_[first_++];
  const std::size_t share = std::min((turns_.size() - first_) / 2, batch_max);
  for (std::size_t i = 0; i < share && ring.push(*turns_[first_]); ++i) ++first_;
  if (first_ == turns_.size()) {
    turns_.clear();
    first_ = 0;
  } else if (first_ >= compact_min && first_ * 2 > turns_.size()) {
    turns_.erase(turns_.begin(), turns_.begin() + static_cast<std::ptrdiff_t>(first_));
    first_ = 0;
  }
  size_.store(turns_.size() - first_, std::memory_order_seq_cst);
  return oldest;
}

}  // namespace pre::native
