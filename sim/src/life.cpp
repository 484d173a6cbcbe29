// Wake-ups of the living, and the watch over busy loops.
#include "life.hpp"

#include <algorithm>
#include <string>

#include <preordain/base/assert.hpp>

namespace pre::sim {

void Life::active(std::uint64_t turn) {
  if (activity_at != core.now) {
    activity_at = core.now;
    activity = 0;
  }
  ++activity;
  if (activity <= core.turns_per_instant_max || core.trouble) return;
  core.trouble = Trouble{node, turn,
                         "busy loop: turn " + std::to_string(turn) + " is the last of " +
                             std::to_string(activity) +
                             " turns and timers of one node at one instant; let time pass between "
                             "them, or raise turns_per_instant_max"};
}

void Waker::attach(Life& life, seam::Wake& wake) noexcept {
  PRE_ASSERT(life_ == nullptr, "a waker has one owner");
  life_ = &life;
  wake_ = &wake;
}

void Waker::detach() noexcept {
  if (held_) std::erase(life_->held, this);
  held_ = false;
  life_ = nullptr;
  wake_ = nullptr;
}

void Waker::call() {
  if (life_ == nullptr || !life_->alive || held_) return;
  if (life_->paused) {
    held_ = true;
    life_->held.push_back(this);
    return;
  }
  wake_->wake();
}

void Waker::release_held(Life& life) {
  while (life.alive && !life.paused && !life.held.empty()) {
    Waker* first = life.held.front();
    life.held.erase(life.held.begin());
    first->held_ = false;
    first->call();
  }
}

}  // namespace pre::sim
