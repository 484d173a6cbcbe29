// Signals: what the runtime says to a cell, and the tree around it.
#include <algorithm>

#include "cell/cell.hpp"
#include "tree/parts.hpp"

namespace pre {

namespace {
template <class S>
S* as(Envelope* envelope) {
  return envelope->type == &signal::type<S> ? static_cast<S*>(envelope->value()) : nullptr;
}
}  // namespace

void Cell::control(Envelope* envelope) noexcept {
  if (envelope->type == &ask_signal) return ask_ended(*static_cast<AskState*>(envelope));
  if (as<signal::Start>(envelope) != nullptr) {
    if (life_ == Life::fresh) start();
  } else if (as<signal::Stop>(envelope) != nullptr) {
    begin_stop();
  } else if (as<signal::Restart>(envelope) != nullptr) {
    begin_restart();
  } else if (as<signal::Resume>(envelope) != nullptr) {
    resume_after_failure();
  } else if (auto* adopt_signal = as<signal::Adopt>(envelope)) {
    adopt(std::move(adopt_signal->child));
  } else if (auto* failed = as<signal::Failed>(envelope)) {
    child_failed(*failed);
  } else if (auto* ended = as<signal::ChildStopped>(envelope)) {
    child_stopped(ended->child);
  } else if (auto* watch_signal = as<signal::Watch>(envelope)) {
    add_watcher(std::move(watch_signal->watcher));
  } else if (auto* unwatch_signal = as<signal::Unwatch>(envelope)) {
    std::erase_if(watchers_, [&](const TargetPtr& watcher) {
      return watcher.get() == unwatch_signal->watcher.get();
    });
  } else if (auto* gone = as<signal::Gone>(envelope)) {
    target_gone(gone->target);
  } else if (auto* due = as<signal::TimerDue>(envelope)) {
    timer_due(due->id);
  } else if (auto* wake = as<signal::Woken>(envelope)) {
    woken(wake->token);
  } else {
    PRE_UNREACHABLE("a signal that no cell knows");
  }
  discard(memory(), envelope, Error(Errc::cancelled));
}

TargetPtr Cell::make_child(SpawnRequest request) {
  if (life_ == Life::stopping || life_ == Life::stopped) {
    throw Failure(
        Error(Errc::shutting_down, pid_.text() + " is stopping and takes no new children"));
  }
  TargetPtr child = system_.make(TargetPtr(this), std::move(request), SystemParts::From::inside);
  children_.push_back({child, {}});
  return child;
}

void Cell::adopt(TargetPtr child) noexcept {
  if (life_ == Life::stopping || life_ == Life::stopped) cell_of(child).send(signal::Stop{});
  children_.push_back({std::move(child), {}});
}

void Cell::child_failed(const signal::Failed& failed) noexcept {
  const auto child = std::find_if(children_.begin(), children_.end(), [&](const Child& c) {
    return c.cell.get() == failed.child.get();
  });
  if (child == children_.end()) return;
  const Supervision& rules = cell_of(child->cell).supervision_;
  apply(*child, decide(rules, failed.error, now(), child->faults), failed.error);
}

void Cell::apply(Child& child, const Decision& decision, const std::exception_ptr& error) noexcept {
  Cell& cell = cell_of(child.cell);
  switch (decision.directive) {
    case Directive::resume:
      return cell.send(signal::Resume{});
    case Directive::stop:
      if (decision.exhausted) cell.trace(seam::EventKind::log, "supervision", "restarts exhausted");
      return cell.send(signal::Stop{});
    case Directive::restart:
      if (decision.delay == Duration{0}) return cell.send(signal::Restart{});
      (void)start_timer(decision.delay,
                        [target = child.cell] { cell_of(target).send(signal::Restart{}); });
      return;
    case Directive::escalate:
      if (parent_ && cell_of(parent_).parent_) return fail(error);  // a guardian does not fail
      trace(seam::EventKind::log, "supervision", "a failure reached the guardian: the actor stops");
      return cell.send(signal::Stop{});
  }
}

void Cell::child_stopped(const TargetPtr& child) noexcept {
  std::erase_if(children_, [&](const Child& c) { return c.cell.get() == child.get(); });
  if (life_ != Life::stopping && life_ != Life::restarting) return;
  if (children_.empty()) return children_gone();
  if (sequential_) cell_of(children_.front().cell).send(signal::Stop{});
}

void Cell::watch(const TargetPtr& target) {
  const auto same = [&](const TargetPtr& t) { return t.get() == target.get(); };
  if (std::any_of(watching_.begin(), watching_.end(), same)) return;
  if (!target->pid().node.empty()) {
    throw Failure(Error(Errc::invalid_argument, "watch " + target->pid().text() +
                                                    ": only actors of this node can be watched"));
  }
  watching_.push_back(target);
  cell_of(target).send(signal::Watch{TargetPtr(this)});
}

void Cell::unwatch(const TargetPtr& target) {
  const auto same = [&](const TargetPtr& t) { return t.get() == target.get(); };
  if (std::erase_if(watching_, same) > 0) cell_of(target).send(signal::Unwatch{TargetPtr(this)});
}

void Cell::add_watcher(TargetPtr watcher) noexcept {
  if (life_ == Life::stopped) {
    cell_of(watcher).send(signal::Gone{TargetPtr(this)});
  } else {
    watchers_.push_back(std::move(watcher));
  }
}

// Exactly once: an actor that no longer watches has forgotten the target already.
void Cell::target_gone(const TargetPtr& target) noexcept {
  const auto same = [&](const TargetPtr& t) { return t.get() == target.get(); };
  if (std::erase_if(watching_, same) == 0) return;
  user_.push(make_envelope<Terminated>(memory(), target->pid()));
}

}  // namespace pre
