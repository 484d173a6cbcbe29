// The heap. Four children a node: half the depth of a binary heap, and siblings share a cache line.
#include "event_queue.hpp"

#include <algorithm>

#include <preordain/base/assert.hpp>

namespace pre::sim {

namespace {
constexpr std::size_t children = 4;
constexpr std::size_t husks_worth_sweeping = 1024;
}  // namespace

Ticket EventQueue::plan(Instant time, Happening& target, std::uint64_t argument) {
  std::uint32_t slot = 0;
  if (free_.empty()) {
    slot = static_cast<std::uint32_t>(slots_.size());
    slots_.emplace_back();
    free_.reserve(slots_.capacity());  // so that freeing a slot never allocates
  } else {
    slot = free_.back();
    free_.pop_back();
  }
  Slot& entry = slots_[slot];
  entry.target = &target;
  entry.argument = argument;
  if (++entry.generation == 0) entry.generation = 1;
  heap_.push_back({time, ++seq_, slot});
  rise(heap_.size() - 1);
  return {slot, entry.generation};
}

bool EventQueue::cancel(Ticket ticket) noexcept {
  if (!ticket || ticket.slot >= slots_.size()) return false;
  Slot& entry = slots_[ticket.slot];
  if (entry.generation != ticket.generation || entry.target == nullptr) return false;
  entry.target = nullptr;
  ++husks_;
  if (husks_ > husks_worth_sweeping && husks_ > heap_.size() / 2) sweep();
  return true;
}

std::optional<EventQueue::Due> EventQueue::pop(Instant limit) {
  while (!heap_.empty()) {
    const Key key = heap_.front();
    const Slot entry = slots_[key.slot];
    if (entry.target == nullptr) {
      --husks_;
    } else if (key.time > limit) {
      return std::nullopt;
    }
    drop_front();
    free_slot(key.slot);
    if (entry.target != nullptr) return Due{key.time, entry.target, entry.argument};
  }
  return std::nullopt;
}

void EventQueue::clear() noexcept {
  heap_.clear();
  slots_.clear();
  free_.clear();
  seq_ = 0;
  husks_ = 0;
}

void EventQueue::rise(std::size_t at) noexcept {
  const Key key = heap_[at];
  while (at > 0) {
    const std::size_t parent = (at - 1) / children;
    if (!key.before(heap_[parent])) break;
    heap_[at] = heap_[parent];
    at = parent;
  }
  heap_[at] = key;
}

void EventQueue::sink(std::size_t at) noexcept {
  const Key key = heap_[at];
  for (;;) {
    const std::size_t first = at * children + 1;
    if (first >= heap_.size()) break;
    const std::size_t last = std::min(first + children, heap_.size());
    std::size_t least = first;
    for (std::size_t child = first + 1; child < last; ++child) {
      if (heap_[child].before(heap_[least])) least = child;
    }
    if (!heap_[least].before(key)) break;
    heap_[at] = heap_[least];
    at = least;
  }
  heap_[at] = key;
}

void EventQueue::drop_front() noexcept {
  heap_.front() = heap_.back();
  heap_.pop_back();
  if (!heap_.empty()) sink(0);
}

void EventQueue::free_slot(std::uint32_t slot) noexcept {
  slots_[slot].target = nullptr;
  free_.push_back(slot);
}

// The order of the heap is total, so building it anew changes no history.
void EventQueue::sweep() noexcept {
  const auto is_husk = [this](const Key& key) {
    if (slots_[key.slot].target != nullptr) return false;
    free_slot(key.slot);
    return true;
  };
  heap_.erase(std::remove_if(heap_.begin(), heap_.end(), is_husk), heap_.end());
  for (std::size_t i = heap_.size(); i-- > 0;) sink(i);
  husks_ = 0;
}

}  // namespace pre::sim
