// Which turn runs next. Each node is one processor with a line of ready turns; while a node has any
// they run, one message at a time, and the world's time stands still. The next one is the first in
// line, or any of them if the knobs say so; and now and then the processor is taken away for a
// while.
//
//            ready()                    chosen                 again
//   idle ------------> in line ----------------------> runs --------> in line
//                         ^ stalled, paused: waits       | idle: not touched any more
#pragma once

#include <preordain/base/function.hpp>
#include <preordain/seam/executor.hpp>

#include "life.hpp"
#include "ring.hpp"

namespace pre::sim {

class Executor;

// The nodes that have something to run at this instant, in the order in which they became ready.
class Schedule {
 public:
  void enlist(Executor& executor);
  // Runs one turn of the first node that may; false if none may.
  bool run_one();
  void after_turn(Function<void(NodeId)> hook) { after_turn_ = std::move(hook); }
  void clear();

 private:
  Ring<Executor*> runnable_;
  Function<void(NodeId)> after_turn_;
};

class Executor final : public seam::Executor, private Happening {
 public:
  Executor(Life& life, Schedule& schedule) : life_(life), schedule_(schedule) {}
  void ready(seam::Turn& turn) noexcept override;

  void resume();
  void forget_all() noexcept { line_.clear(); }

 private:
  friend class Schedule;
  bool may_run() const noexcept;
  seam::Turn& take_next();
  void run_next();
  void happen(std::uint64_t) override;  // the stall is over

  Life& life_;
  Schedule& schedule_;
  Ring<seam::Turn*> line_;
  bool stalled_ = false;
  bool enlisted_ = false;
};

}  // namespace pre::sim
