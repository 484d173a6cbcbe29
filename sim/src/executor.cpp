// The line of ready turns of each node, and the line of nodes that have any.
#include "executor.hpp"

#include <utility>

namespace pre::sim {

void Schedule::enlist(Executor& executor) {
  if (executor.enlisted_ || !executor.may_run()) return;
  executor.enlisted_ = true;
  runnable_.push(&executor);
}

bool Schedule::run_one() {
  while (!runnable_.empty()) {
    Executor& first = *runnable_.front();
    if (!first.may_run()) {
      first.enlisted_ = false;
      static_cast<void>(runnable_.pop());
      continue;
    }
    first.run_next();
    if (after_turn_) after_turn_(first.life_.node);
    return true;
  }
  return false;
}

void Schedule::clear() {
  runnable_.clear();
  after_turn_ = {};
}

void Executor::ready(seam::Turn& turn) noexcept {
  if (life_.refuses()) return;
  line_.push(&turn);
  schedule_.enlist(*this);
}

void Executor::resume() { schedule_.enlist(*this); }

bool Executor::may_run() const noexcept {
  return life_.alive && !life_.paused && !stalled_ && !line_.empty();
}

seam::Turn& Executor::take_next() {
  if (life_.core.knobs.turn_order == TurnOrder::random) {
    const auto chosen = life_.core.choice.below(life_.scope, Site::turn, line_.size());
    // The chosen one leaves its place to the first in line: constant time, and nobody is lost.
    std::swap(line_.front(), line_[chosen]);
  }
  return *line_.pop();
}

void Executor::run_next() {
  seam::Turn& turn = take_next();
  const std::uint64_t identity = turn.identity();
  life_.active(identity);
  const seam::Turn::Next next = turn.run(1);
  // From here on an idle turn may be gone, and the whole life may have been killed from inside.
  life_.write(Kind::turn, identity, static_cast<std::uint64_t>(next));
  if (!life_.alive) return;
  if (next == seam::Turn::Next::again) line_.push(&turn);

  Core& core = life_.core;
  if (line_.empty() || !core.choice.fires(life_.scope, Site::stall, core.knobs.stall)) return;
  const Duration length =
      core.choice.between(life_.scope, Site::stall_length, 1ns, core.knobs.stall_max + 1ns);
  stalled_ = true;
  life_.write(Kind::stalled, identity, static_cast<std::uint64_t>(length.count()));
  static_cast<void>(core.plan_after(length, *this, 0));
}

void Executor::happen(std::uint64_t) {
  stalled_ = false;
  schedule_.enlist(*this);
}

}  // namespace pre::sim
