// Timers, sleeps, and the deadlines of asks: all in the slot, all gone when the incarnation ends.
#include <algorithm>

#include "cell/cell.hpp"
#include "tree/parts.hpp"

namespace pre {

void Cell::timer_fired(TimerId id) noexcept {
  send(signal::TimerDue{id});
  release();  // the reference of the armed timer
}

TimerId Cell::arm_timer(Duration first, Duration period, Function<void()> action,
                        Function<Envelope*()> message) {
  const Instant due = saturating_add(now(), std::max(first, Duration{0}));
  retain();
  const TimerId id = system_.environment.timers.arm(due, *this);
  timers_.push_back({id, id, due, period, std::move(action), std::move(message)});
  return id;
}

TimerId Cell::start_timer(Duration delay, Function<void()> action) {
  return arm_timer(delay, Duration{0}, std::move(action), {});
}

TimerId Cell::start_message_timer(Duration first, Duration period, Function<Envelope*()> make) {
  return arm_timer(first, period, {}, std::move(make));
}

void Cell::cancel_timer(TimerId key) noexcept {
  const auto entry = std::find_if(timers_.begin(), timers_.end(),
                                  [&](const TimerEntry& t) { return t.key == key; });
  if (entry == timers_.end()) return;
  if (entry->armed && system_.environment.timers.cancel(entry->armed)) release();
  timers_.erase(entry);
}

void Cell::cancel_all_timers() noexcept {
  while (!timers_.empty()) cancel_timer(timers_.back().key);
  if (deadline_timer_ && system_.environment.timers.cancel(deadline_timer_)) release();
  deadline_timer_ = {};
  deadline_ = never;
}

void Cell::timer_due(TimerId id) noexcept {
  if (id == deadline_timer_) {
    deadline_timer_ = {};
    deadline_ = never;
    return expire_waits();
  }
  const auto entry = std::find_if(timers_.begin(), timers_.end(),
                                  [&](const TimerEntry& t) { return t.armed == id; });
  if (entry == timers_.end()) return;  // cancelled while it fired
  trace(seam::EventKind::timer, type_->name, pid_.path);
  entry->armed = {};
  if (entry->action) {
    Function<void()> action = std::move(entry->action);
    timers_.erase(entry);
    return action();
  }
  user_.push(signal::make(memory(), signal::TimerTurn{entry->key}));
  if (entry->period == Duration{0}) return;
  entry->due = saturating_add(entry->due, entry->period);
  retain();
  entry->armed = system_.environment.timers.arm(entry->due, *this);
}

Envelope* Cell::timer_message(Envelope* turn) noexcept {
  const TimerId key = static_cast<signal::TimerTurn*>(turn->value())->key;
  discard(memory(), turn, Error(Errc::cancelled));
  const auto entry = std::find_if(timers_.begin(), timers_.end(),
                                  [&](const TimerEntry& t) { return t.key == key; });
  if (entry == timers_.end()) return nullptr;
  Envelope* message = entry->message();
  if (entry->period == Duration{0}) timers_.erase(entry);
  return message;
}

void Cell::begin_wait(AskWait& wait) {
  wait.token_ = ++tokens_;
  wait.deadline_ = saturating_add(now(), std::max(wait.timeout_, Duration{0}));
  waits_.push_back(&wait);
  arm_deadline();
}

void Cell::end_wait(AskWait& wait) noexcept { std::erase(waits_, &wait); }

// One timer for all waits of the slot, armed for the earliest deadline. A timer that is early
// because its wait has ended is left alone: it fires once, finds nothing, and costs less than
// cancelling.
void Cell::arm_deadline() noexcept {
  Instant earliest = never;
  for (const AskWait* wait : waits_) earliest = std::min(earliest, wait->deadline_);
  if (earliest >= deadline_) return;
  auto& timers = system_.environment.timers;
  if (deadline_timer_ && timers.cancel(deadline_timer_)) release();
  deadline_ = earliest;
  retain();
  deadline_timer_ = timers.arm(earliest, *this);
}

void Cell::expire_waits() noexcept {
  for (std::size_t i = 0; i < waits_.size();) {
    AskWait& wait = *waits_[i];
    // An ask that ended at the last moment has its signal on the way: it is answered, not expired.
    if (wait.deadline_ > now() || !wait.ask_->abandon()) {
      ++i;
      continue;
    }
    waits_.erase(waits_.begin() + static_cast<std::ptrdiff_t>(i));
    trace(seam::EventKind::timer, "ask timeout", pid_.path);
    wait.expired();
    release();  // the reference of a waiter
  }
  arm_deadline();
}

}  // namespace pre
