// The queue of coroutines that may go on, one per slot.
#include <preordain/base/task.hpp>

namespace pre {

void TaskPromise::unlink() noexcept {
  if (!queued_) return;
  (previous_ != nullptr ? previous_->next_ : owner->first_) = next_;
  (next_ != nullptr ? next_->previous_ : owner->last_) = previous_;
  next_ = previous_ = nullptr;
  queued_ = false;
}

void TaskOwner::post(TaskPromise& promise) noexcept {
  PRE_ASSERT(promise.owner == this, "a coroutine runs in the slot that started it");
  PRE_ASSERT(!promise.queued_, "a coroutine waits for one thing at a time");
  promise.queued_ = true;
  promise.previous_ = last_;
  (last_ != nullptr ? last_->next_ : first_) = &promise;
  last_ = &promise;
}

void TaskOwner::start(TaskPromise& root) noexcept {
  root.owner = this;
  post(root);
}

void TaskOwner::finished(TaskPromise& promise) noexcept {
  if (promise.continuation != nullptr) {
    post(*promise.continuation);
  } else {
    task_done(promise);
  }
}

void TaskOwner::resume_one() {
  TaskPromise& next = *first_;
  next.unlink();
  next.self_.resume();
}

}  // namespace pre
