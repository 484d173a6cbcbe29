#include "native/timer_heap.hpp"

#include <preordain/base/assert.hpp>

namespace pre::native {

TimerId TimerHeap::add(Instant deadline, seam::TimerTarget& target) {
  if (free_.empty()) {
    PRE_ASSERT(slots_.size() < (std::size_t{1} << slot_bits), "at most 2^26 timers are armed");
    free_.push_back(static_cast<std::uint32_t>(slots_.size()));
    slots_.emplace_back();
    free_.reserve(slots_.capacity());  // so that release() never allocates
  }
  const std::uint32_t slot = free_.back();
  free_.pop_back();
  Slot& armed = slots_[slot];
  armed.deadline = deadline;
  armed.order = ++armed_ever_;
  armed.life += 1;
  armed.target = &target;
  heap_.push_back(slot);
  sift_up(heap_.size() - 1);
  return id_of(slot);
}

bool TimerHeap::remove(TimerId id) noexcept {
  const auto slot = static_cast<std::uint32_t>(id.value & ((1U << slot_bits) - 1));
  if (slot >= slots_.size()) return false;
  if (slots_[slot].target == nullptr) return false;
  if (id_of(slot) != id) return false;
  release(slot);
  return true;
}

std::optional<TimerHeap::Due> TimerHeap::take_due(Instant now) noexcept {
  if (heap_.empty()) return std::nullopt;
  const std::uint32_t slot = heap_.front();
  if (slots_[slot].deadline > now) return std::nullopt;
  const Due due{id_of(slot), slots_[slot].target};
  release(slot);
  return due;
}

TimerId TimerHeap::nearest() const noexcept { return heap_.empty() ? TimerId{} : id_of(heap_[0]); }

TimerId TimerHeap::id_of(std::uint32_t slot) const noexcept {
  return TimerId{slots_[slot].life << slot_bits | slot};
}

// Fills the slot's place with the last of the heap, which then finds its own.
void TimerHeap::release(std::uint32_t slot) noexcept {
  const std::size_t place = slots_[slot].place;
  const std::uint32_t last = heap_.back();
  heap_.pop_back();
  if (last != slot) {
    put(place, last);
    sift_up(place);
    sift_down(slots_[last].place);
  }
  slots_[slot].target = nullptr;
  free_.push_back(slot);
}

bool TimerHeap::before(std::uint32_t a, std::uint32_t b) const noexcept {
  const Slot& first = slots_[a];
  const Slot& second = slots_[b];
  if (first.deadline != second.deadline) return first.deadline < second.deadline;
  return first.order < second.order;
}

void TimerHeap::put(std::size_t place, std::uint32_t slot) noexcept {
  heap_[place] = slot;
  slots_[slot].place = static_cast<std::uint32_t>(place);
}

void TimerHeap::sift_up(std::size_t place) noexcept {
  const std::uint32_t slot = heap_[place];
  while (place > 0) {
    const std::size_t parent = (place - 1) / 2;
    if (!before(slot, heap_[parent])) break;
    put(place, heap_[parent]);
    place = parent;
  }
  put(place, slot);
}

void TimerHeap::sift_down(std::size_t place) noexcept {
  const std::uint32_t slot = heap_[place];
  for (;;) {
    std::size_t child = 2 * place + 1;
    if (child >= heap_.size()) break;
    if (child + 1 < heap_.size() && before(heap_[child + 1], heap_[child])) ++child;
    if (!before(heap_[child], slot)) break;
    put(place, heap_[child]);
    place = child;
  }
  put(place, slot);
}

}  // namespace pre::native
