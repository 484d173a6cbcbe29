// The door of a mailbox: many senders, one receiver. A push is one atomic exchange, which also
// tells whether the receiver was idle, so idle -> ready needs no second atomic. The receiver takes
// the whole chain at once and turns it round.
//
//   top_: idle      the receiver sleeps; the next push must wake it
//         null      empty, the receiver is awake
//         envelope  newest first; `next` leads to older ones
#pragma once

#include <atomic>

#include <preordain/runtime/message.hpp>

namespace pre {

class Inbox {
 public:
  Inbox() : top_(idle()) {}

  // true: the receiver was idle, and the caller must make it ready. Any thread.
  bool push(Envelope* envelope) noexcept {
    envelope->next.store(linking(), std::memory_order_relaxed);
    Envelope* before = top_.exchange(envelope, std::memory_order_acq_rel);
    const bool was_idle = before == idle();
    envelope->next.store(was_idle ? nullptr : before, std::memory_order_release);
    return was_idle;
  }

  // All that arrived, oldest first, linked by `next`; null if nothing. Receiver only, while awake.
  Envelope* take() noexcept {
    if (top_.load(std::memory_order_relaxed) == nullptr) return nullptr;
    Envelope* newest = top_.exchange(nullptr, std::memory_order_acq_rel);
    Envelope* chain = nullptr;
    while (newest != nullptr) {
      Envelope* older = newest->next.load(std::memory_order_acquire);
      while (older == linking()) older = newest->next.load(std::memory_order_acquire);
      newest->next.store(chain, std::memory_order_relaxed);
      chain = newest;
      newest = older;
    }
    return chain;
  }

  // Falls asleep, unless something has arrived. Receiver only.
  bool try_sleep() noexcept {
    Envelope* expected = nullptr;
    return top_.compare_exchange_strong(expected, idle(), std::memory_order_acq_rel);
  }

  // Only when no other thread is about.
  bool asleep() const noexcept { return top_.load(std::memory_order_relaxed) == idle(); }

 private:
  // Two addresses that no block has.
  static Envelope* idle() noexcept { return reinterpret_cast<Envelope*>(1); }
  static Envelope* linking() noexcept { return reinterpret_cast<Envelope*>(2); }

  std::atomic<Envelope*> top_;
};

// A chain in the receiver's hands, oldest first.
class Queue {
 public:
  bool empty() const noexcept { return first_ == nullptr; }
  void push(Envelope* envelope) noexcept {
    envelope->next.store(nullptr, std::memory_order_relaxed);
    if (last_ != nullptr) {
      last_->next.store(envelope, std::memory_order_relaxed);
    } else {
      first_ = envelope;
    }
    last_ = envelope;
  }
  // Precondition: not empty.
  Envelope* pop() noexcept {
    Envelope* envelope = first_;
    first_ = envelope->next.load(std::memory_order_relaxed);
    if (first_ == nullptr) last_ = nullptr;
    return envelope;
  }

 private:
  Envelope* first_ = nullptr;
  Envelope* last_ = nullptr;
};

}  // namespace pre
