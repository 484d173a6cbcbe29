// One life of one node, as far as its seams care: who acts, and whether they still may. When a life
// ends its seams stay in place but do nothing any more; what the dying still ask is only counted.
// So a destructor of a dead program can never touch the world that went on without it.
#pragma once

#include <vector>

#include <preordain/base/ids.hpp>
#include <preordain/seam/wake.hpp>

#include "core.hpp"

namespace pre::sim {

class Waker;

struct Life {
  Core& core;
  const NodeId node;
  const Incarnation incarnation;
  Scope scope{node, incarnation.value};
  Instant born = core.now;
  Instant died{};
  bool alive = true;
  bool paused = false;
  std::vector<Waker*> held{};  // wake-ups that came while the life was paused, in order
  std::uint32_t activity = 0;  // turns and timers at `activity_at`
  Instant activity_at{};

  // Begins every call through a seam: true if the caller is dead and must be refused.
  bool refuses() const noexcept {
    if (alive) return false;
    ++core.poisoned_calls;
    return true;
  }
  // Counts a turn or a timer of this instant; too many are a busy loop.
  void active(std::uint64_t turn);
  void write(Kind kind, std::uint64_t actor, std::uint64_t digest, std::string_view what = {},
             std::string_view text = {}) const {
    core.journal.write({0, core.now, node, incarnation, kind, actor, digest, what, text});
  }
};

// Somebody's Wake, called at most once at a time: held while the life is paused, dropped when the
// object is destroyed or the life ends. Lives in a slot of which the address is stable.
class Waker {
 public:
  void attach(Life& life, seam::Wake& wake) noexcept;
  void detach() noexcept;
  void call();
  bool attached() const noexcept { return life_ != nullptr; }

  // Calls what was held, in order. Ends early if the life is paused or killed meanwhile.
  static void release_held(Life& life);

 private:
  Life* life_ = nullptr;
  seam::Wake* wake_ = nullptr;
  bool held_ = false;
};

}  // namespace pre::sim
