// The life of an actor: start, failure, restart, stop.
#include "cell/cell.hpp"
#include "tree/parts.hpp"

namespace pre {

void Cell::start() noexcept {
  try {
    actor_ = make_();
    actor_->cell_ = this;
    life_ = Life::running;
    trace(seam::EventKind::started, type_->name, pid_.path);
    actor_->started();
  } catch (...) {
    life_ = Life::running;
    fail(std::current_exception());
  }
}

void Cell::fail(std::exception_ptr error) noexcept {
  if (life_ != Life::running)
    return;  // the first failure wins; a stopping actor has no second chance
  life_ = Life::failed;
  trace(seam::EventKind::failed, type_->name, describe(error));
  cancel_task(Error(Errc::actor_failed, pid_.text() + " failed"));
  if (!parent_) return begin_stop();
  cell_of(parent_).send(signal::Failed{TargetPtr(this), std::move(error)});
}

void Cell::resume_after_failure() noexcept {
  if (life_ != Life::failed) return;
  if (!actor_) return begin_restart();  // it never came to life: there is nothing to go on with
  life_ = Life::running;
  trace(seam::EventKind::resumed, type_->name, pid_.path);
  // Those that escalated wait for us; the others ignore it.
  for (const Child& child : children_) cell_of(child.cell).send(signal::Resume{});
}

void Cell::begin_restart() noexcept {
  if (life_ != Life::failed && life_ != Life::running) return;
  life_ = Life::restarting;
  cancel_task(Error(Errc::actor_failed, pid_.text() + " is being restarted"));
  if (children_.empty()) return children_gone();
  stop_children();
}

void Cell::begin_stop() noexcept {
  if (life_ == Life::stopping || life_ == Life::stopped) return;
  life_ = Life::stopping;
  cancel_task(Error(Errc::no_such_actor, pid_.text() + " stopped while it was answering"));
  if (children_.empty()) return children_gone();
  stop_children();
}

void Cell::stop_children() noexcept {
  if (sequential_) return cell_of(children_.front().cell).send(signal::Stop{});
  for (const Child& child : children_) cell_of(child.cell).send(signal::Stop{});
}

void Cell::children_gone() noexcept {
  if (life_ == Life::stopping) return finish_stop();
  cancel_all_timers();
  actor_.reset();
  trace(seam::EventKind::restarted, type_->name, pid_.path);
  start();
}

void Cell::finish_stop() noexcept {
  if (actor_) {
    try {
      actor_->stopping();
    } catch (...) {
      trace(seam::EventKind::failed, type_->name,
            "stopping(): " + describe(std::current_exception()));
    }
  }
  cancel_all_timers();
  actor_.reset();
  make_ = {};  // its arguments may lead back to this cell
  life_ = Life::stopped;
  trace(seam::EventKind::stopped, type_->name, pid_.path);
  while (!user_.empty()) dead_letter(user_.pop(), "the actor has stopped");
  for (TargetPtr& watcher : std::exchange(watchers_, {})) {
    cell_of(watcher).send(signal::Gone{TargetPtr(this)});
  }
  watching_.clear();
  system_.directory.erase(pid_.path, *this);
  if (parent_) {
    cell_of(parent_).send(signal::ChildStopped{TargetPtr(this)});
  } else {
    system_.root_stopped();
  }
}

void Cell::bury() noexcept {
  const bool queued = !inbox_.asleep();
  cancel_task(Error(Errc::shutting_down));
  cancel_all_timers();
  actor_.reset();
  make_ = {};
  if (queued) collect();
  while (!control_.empty()) discard(memory(), control_.pop(), Error(Errc::shutting_down));
  while (!user_.empty()) discard(memory(), user_.pop(), Error(Errc::shutting_down));
  children_.clear();
  watchers_.clear();
  watching_.clear();
  life_ = Life::stopped;
  parent_ = {};
  if (queued) release();  // the reference of a turn that will never run
}

}  // namespace pre
