// Armed timers by deadline, and among equal deadlines by the order of arming. A binary heap of
// slots that know their place in it: arm and cancel cost O(log n) and, once grown, no allocation.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include <preordain/seam/timers.hpp>

namespace pre::native {

class TimerHeap {
 public:
  struct Due {
    TimerId id;
    seam::TimerTarget* target;
  };

  TimerId add(Instant deadline, seam::TimerTarget& target);
  // False if no such timer is armed.
  bool remove(TimerId id) noexcept;
  // The nearest one whose deadline is not after `now`, taken out.
  std::optional<Due> take_due(Instant now) noexcept;
  // None if nothing is armed.
  TimerId nearest() const noexcept;
  // Precondition: something is armed.
  Instant nearest_deadline() const noexcept { return slots_[heap_.front()].deadline; }

 private:
  // An id is the slot in the low bits and the slot's life in the others: 64 million timers at a
  // time, and an id comes again only after 2^38 lives of one slot.
  static constexpr unsigned slot_bits = 26;

  struct Slot {
    Instant deadline{};
    std::uint64_t order = 0;
    std::uint64_t life = 0;
    seam::TimerTarget* target = nullptr;  // null: free
    std::uint32_t place = 0;              // index into heap_ while armed
  };

  bool before(std::uint32_t a, std::uint32_t b) const noexcept;
  void put(std::size_t place, std::uint32_t slot) noexcept;
  void sift_up(std::size_t place) noexcept;
  void sift_down(std::size_t place) noexcept;
  void release(std::uint32_t slot) noexcept;
  TimerId id_of(std::uint32_t slot) const noexcept;

  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_;
  std::vector<std::uint32_t> heap_;
  std::uint64_t armed_ever_ = 0;
};

}  // namespace pre::native
