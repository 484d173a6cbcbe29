// A cell is one actor from the inside: its mailbox, its slot, its place in the tree, its life.
//
//   fresh --Start--> running --exception--> failed --Resume--> running
//                      |                      |--Restart--> restarting --children gone--> running
//                      +--------Stop----------+--> stopping --children gone--> stopped
//
// Only deliver(), ask_done(), timer_fired() and pid() may be called from other slots.
#pragma once

#include <optional>
#include <vector>

#include <preordain/runtime/actor.hpp>
#include <preordain/runtime/wake_signal.hpp>
#include <preordain/seam/executor.hpp>
#include <preordain/seam/timers.hpp>
#include <preordain/seam/trace.hpp>

#include "cell/signals.hpp"
#include "mailbox/inbox.hpp"
#include "supervision/decide.hpp"

namespace pre {

class SystemParts;

class Cell final : public Target,
                   public seam::Turn,
                   public TaskOwner,
                   public AskWaiter,
                   public seam::TimerTarget {
 public:
  enum class Life : std::uint8_t { fresh, running, failed, restarting, stopping, stopped };

  Cell(SystemParts& system, TargetPtr parent, Pid pid, SpawnRequest request);
  ~Cell() override;

  // Target
  void deliver(Envelope* envelope) noexcept override;
  seam::Memory& memory() const noexcept override;
  const Pid& pid() const noexcept override { return pid_; }
  // Turn
  Next run(unsigned budget) noexcept override;
  std::uint64_t identity() const noexcept override { return pid_.uid.value; }
  // AskWaiter
  void ask_done(AskState& ask) noexcept override;
  // TimerTarget
  void timer_fired(TimerId id) noexcept override;

  template <class S>
  void send(S signal) noexcept {
    deliver(signal::make(memory(), std::move(signal)));
  }

  // ---- inside the slot --------------------------------------------------------------------------
  SystemParts& system() const noexcept { return system_; }
  const ActorType& type() const noexcept { return *type_; }
  ActorBase* actor() const noexcept { return actor_.get(); }
  Life life() const noexcept { return life_; }
  Instant now() const noexcept;

  void handler_failed(std::exception_ptr error, AskState* ask) noexcept;
  void run_task(std::coroutine_handle<> frame, TaskPromise& root, handler::Delivery::Finish finish,
                AskState* ask) noexcept;
  void dead_letter(Envelope* envelope, const char* reason) noexcept;

  // Runs `action` in this slot, once.
  TimerId start_timer(Duration delay, Function<void()> action);
  // Tells the actor a message, in the order of its mailbox; a cancelled timer never does.
  TimerId start_message_timer(Duration first, Duration period, Function<Envelope*()> make);
  void cancel_timer(TimerId key) noexcept;
  // Before anything that is queued.
  void stop_self() noexcept { control_.push(signal::make(memory(), signal::Stop{})); }

  void begin_wait(AskWait& wait);
  void end_wait(AskWait& wait) noexcept;

  std::uint64_t enlist(WakeSignal& wake);
  void delist(WakeSignal& wake) noexcept;

  TargetPtr make_child(SpawnRequest request);
  void watch(const TargetPtr& target);
  void unwatch(const TargetPtr& target);

  // Ends everything without asking: the system is being torn down and no turn runs any more.
  void bury() noexcept;
  // The root's children stop one after the other: users before the system.
  void stop_children_in_order() noexcept { sequential_ = true; }

 private:
  friend class SystemParts;
  struct TimerEntry {
    TimerId key;    // what the owner holds: the first seam id
    TimerId armed;  // the seam id of the current period; none: it is due
    Instant due;
    Duration period;
    Function<void()> action;        // either this, at once,
    Function<Envelope*()> message;  // or this, in the order of the mailbox
  };
  struct Child {
    TargetPtr cell;
    FaultWindow faults;
  };
  struct Running {
    std::coroutine_handle<> frame;
    TaskPromise* root = nullptr;
    handler::Delivery::Finish finish = nullptr;
    AskState* ask = nullptr;
  };

  void collect() noexcept;
  bool can_step() const noexcept;
  bool open() const noexcept { return life_ == Life::running && !running_.frame; }
  void step() noexcept;
  void user_message(Envelope* envelope) noexcept;
  void control(Envelope* envelope) noexcept;
  void task_done(TaskPromise& root) noexcept override;
  void settle_task() noexcept;
  void cancel_task(const Error& why) noexcept;

  void start() noexcept;
  void fail(std::exception_ptr error) noexcept;
  void begin_restart() noexcept;
  void begin_stop() noexcept;
  void children_gone() noexcept;
  void finish_stop() noexcept;
  void stop_children() noexcept;
  void adopt(TargetPtr child) noexcept;
  void child_failed(const signal::Failed& failed) noexcept;
  void child_stopped(const TargetPtr& child) noexcept;
  void apply(Child& child, const Decision& decision, const std::exception_ptr& error) noexcept;
  void resume_after_failure() noexcept;
  void add_watcher(TargetPtr watcher) noexcept;
  void target_gone(const TargetPtr& target) noexcept;

  TimerId arm_timer(Duration first, Duration period, Function<void()> action,
                    Function<Envelope*()> message);
  void timer_due(TimerId id) noexcept;
  // The message of a timer whose turn has come; frees the turn. Null: it was cancelled.
  Envelope* timer_message(Envelope* turn) noexcept;
  void cancel_all_timers() noexcept;
  void woken(std::uint64_t token) noexcept;
  void ask_ended(AskState& ask) noexcept;
  void arm_deadline() noexcept;
  void expire_waits() noexcept;
  void trace(seam::EventKind kind, std::string_view what, std::string_view text,
             std::uint64_t digest = 0) const noexcept;
  void trace_message(const Envelope& envelope) const noexcept;

  // Touched by senders.
  Inbox inbox_;
  bool buried_ = false;
  // The slot's own.
  Life life_ = Life::fresh;
  bool ended_ = false;  // the running task has come to its end and waits to be settled
  bool sequential_ = false;
  Queue control_;
  Queue user_;
  mutable std::optional<Instant> now_;
  SystemParts& system_;
  const ActorType* type_;
  std::unique_ptr<ActorBase> actor_;
  Running running_;
  std::vector<TimerEntry> timers_;
  std::vector<AskWait*> waits_;
  std::vector<WakeSignal*> wakes_;
  TimerId deadline_timer_{};
  Instant deadline_ = never;
  std::uint64_t tokens_ = 0;
  std::vector<Child> children_;
  std::vector<TargetPtr> watchers_;
  std::vector<TargetPtr> watching_;
  std::uint64_t child_names_ = 0;
  // Fixed.
  TargetPtr parent_;
  const Pid pid_;
  Supervision supervision_;  // read by the parent only
  ActorFactory make_;
  // Links of SystemParts' list of all cells.
  Cell* all_next_ = nullptr;
  Cell* all_previous_ = nullptr;
};

// Targets that find() gave or that a cell made are cells.
inline Cell& cell_of(const TargetPtr& target) { return static_cast<Cell&>(*target); }

}  // namespace pre
