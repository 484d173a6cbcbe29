// Timer ids carry a generation, so an old id never cancels a new timer.
#include "timers.hpp"

namespace pre::sim {

namespace {
// Index 0 is a timer too, but id 0 is "none": generations begin at 1.
TimerId id_of(Handle handle) {
  return {static_cast<std::uint64_t>(handle.generation) << 32 | handle.index};
}
Handle handle_of(TimerId id) {
  return {static_cast<std::uint32_t>(id.value), static_cast<std::uint32_t>(id.value >> 32)};
}
}  // namespace

TimerId Timers::arm(Instant deadline, seam::TimerTarget& target) {
  const bool refused = life_.refuses();
  const Handle handle = armed_.acquire();
  Armed& timer = *armed_.find(handle);
  timer.target = &target;
  const TimerId id = id_of(handle);
  if (refused) return id;  // a dead program gets a timer that never fires
  const Instant when = clock_.world_time_of(deadline);
  life_.write(Kind::armed, 0, static_cast<std::uint64_t>(when.time_since_epoch().count()));
  if (when != never) timer.ticket = life_.core.queue.plan(when, *this, id.value);
  return id;
}

bool Timers::cancel(TimerId id) noexcept {
  static_cast<void>(life_.refuses());
  const Armed* timer = armed_.find(handle_of(id));
  if (timer == nullptr) return false;
  static_cast<void>(life_.core.queue.cancel(timer->ticket));
  armed_.release(handle_of(id));
  return true;
}

void Timers::forget_all() {
  armed_.each([this](Handle, Armed& timer) {
    static_cast<void>(life_.core.queue.cancel(timer.ticket));
    timer.ticket = {};
  });
  due_.clear();
}

void Timers::resume() {
  for (TimerId id : due_) {
    Armed* timer = armed_.find(handle_of(id));
    if (timer != nullptr) timer->ticket = life_.core.plan_after(0ns, *this, id.value);
  }
  due_.clear();
}

void Timers::happen(std::uint64_t argument) {
  const TimerId id{argument};
  Armed* timer = armed_.find(handle_of(id));
  if (timer == nullptr) return;
  if (life_.paused) {
    due_.push_back(id);
    return;
  }
  seam::TimerTarget* target = timer->target;
  armed_.release(handle_of(id));
  life_.active(0);
  life_.write(Kind::timer, 0, id.value);
  target->timer_fired(id);
}

}  // namespace pre::sim
