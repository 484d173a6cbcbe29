// The timers of one life; they die with it. While the life is paused its timers come due but do not
// fire: they do so, in order, after it is resumed.
#pragma once

#include <vector>

#include <preordain/seam/timers.hpp>

#include "clock.hpp"
#include "life.hpp"
#include "slots.hpp"

namespace pre::sim {

class Timers final : public seam::Timers, private Happening {
 public:
  Timers(Life& life, const Clock& clock) : life_(life), clock_(clock) {}
  TimerId arm(Instant deadline, seam::TimerTarget& target) override;
  bool cancel(TimerId id) noexcept override;

  // The life ended: nothing fires any more.
  void forget_all();
  // The life goes on: what came due meanwhile fires now.
  void resume();

 private:
  struct Armed {
    seam::TimerTarget* target = nullptr;
    Ticket ticket{};
    void recycle() { *this = Armed{}; }
  };
  void happen(std::uint64_t id) override;

  Life& life_;
  const Clock& clock_;
  Slots<Armed> armed_;
  std::vector<TimerId> due_;  // came due while the life was paused
};

}  // namespace pre::sim
