// The future: everything that is planned, in the order (time, planned first). A 4-ary heap of small
// keys beside a table of what they stand for; a cancelled entry stays in the heap as a husk that is
// skipped, and husks are swept once they are the majority.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include <preordain/base/duration.hpp>

namespace pre::sim {

// Whoever can be reached by the future. Must outlive what it planned, or cancel it.
class Happening {
 public:
  virtual void happen(std::uint64_t argument) = 0;

 protected:
  ~Happening() = default;
};

// One planned event. Goes stale when the event happens or is cancelled.
struct Ticket {
  std::uint32_t slot = 0;
  std::uint32_t generation = 0;  // 0: none
  explicit operator bool() const noexcept { return generation != 0; }
};

class EventQueue {
 public:
  Ticket plan(Instant time, Happening& target, std::uint64_t argument);
  // false: it happened, was cancelled, or never was.
  bool cancel(Ticket ticket) noexcept;

  struct Due {
    Instant time;
    Happening* target;
    std::uint64_t argument;
  };
  // The next event, if it is not later than `limit`; it is then no longer planned.
  std::optional<Due> pop(Instant limit);
  bool empty() const noexcept { return heap_.size() == husks_; }
  // As new, but keeps its memory.
  void clear() noexcept;

 private:
  struct Key {
    Instant time;
    std::uint64_t seq;
    std::uint32_t slot;
    bool before(const Key& other) const noexcept {
      return time != other.time ? time < other.time : seq < other.seq;
    }
  };
  struct Slot {
    Happening* target = nullptr;  // nullptr: a husk, or free
    std::uint64_t argument = 0;
    std::uint32_t generation = 0;
  };

  void rise(std::size_t at) noexcept;
  void sink(std::size_t at) noexcept;
  void drop_front() noexcept;
  void free_slot(std::uint32_t slot) noexcept;
  void sweep() noexcept;

  std::vector<Key> heap_;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_;
  std::uint64_t seq_ = 0;
  std::size_t husks_ = 0;
};

}  // namespace pre::sim
