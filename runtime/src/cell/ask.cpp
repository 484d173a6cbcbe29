// The end of an ask, exactly once: answer, timeout and cancellation race on one atomic word.
#include <preordain/base/hash.hpp>

#include "cell/cell.hpp"
#include "tree/parts.hpp"

namespace pre {

constinit const MessageType ask_signal{"ask",   0,       sizeof(Envelope), true,
                                       nullptr, nullptr, nullptr,          nullptr};

void free_block(seam::Memory& memory, Envelope* envelope) noexcept {
  const std::size_t size = envelope->block_size();
  envelope->~Envelope();
  memory.release(envelope, size);
}

void discard(seam::Memory& memory, Envelope* envelope, const Error& why) noexcept {
  if (envelope->type == &ask_signal) return static_cast<AskState*>(envelope)->release();
  if (envelope->ask != nullptr) {
    AskState* ask = std::exchange(envelope->ask, nullptr);
    ask->reply->fail(*ask, why);
  }
  envelope->type->destroy(envelope->value());
  free_block(memory, envelope);
}

void AskState::release() noexcept {
  if (references.fetch_sub(1, std::memory_order_acq_rel) == 1) destroy_self(*this);
}

void AskState::finish() noexcept {
  if (phase.exchange(Phase::done, std::memory_order_acq_rel) == Phase::waiting) {
    waiter->ask_done(*this);
  } else {
    release();
  }
}

bool AskState::wait(AskWaiter& who, std::uint64_t mark) noexcept {
  waiter = &who;
  token = mark;
  Phase expected = Phase::pending;
  return phase.compare_exchange_strong(expected, Phase::waiting, std::memory_order_acq_rel);
}

bool AskState::abandon() noexcept {
  Phase seen = phase.load(std::memory_order_acquire);
  while (seen != Phase::done) {
    if (phase.compare_exchange_weak(seen, Phase::abandoned, std::memory_order_acq_rel)) return true;
  }
  return false;
}

AskWait::~AskWait() {
  if (ask_ == nullptr) return;
  auto& cell = static_cast<Cell&>(*promise_->owner);
  cell.end_wait(*this);
  if (ask_->abandon()) cell.release();
}

bool AskWait::suspend(AskState& ask, TaskPromise& promise, Duration timeout) {
  auto& cell = static_cast<Cell&>(*promise.owner);
  ask_ = &ask;
  promise_ = &promise;
  timeout_ = timeout;
  cell.begin_wait(*this);
  ask.deadline.store(deadline_, std::memory_order_relaxed);
  cell.retain();
  if (ask.wait(cell, token_)) return true;
  cell.end_wait(*this);
  cell.release();
  ask_ = nullptr;
  return false;
}

void AskWait::answered() noexcept {
  ask_ = nullptr;
  promise_->owner->post(*promise_);
}

void AskWait::expired() {
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(timeout_).count();
  gave_up_.emplace(Errc::timeout, "no answer from " + ask_->asked->pid().text() + " within " +
                                      std::to_string(ms) + " ms");
  answered();
}

void Cell::ask_done(AskState& ask) noexcept {
  deliver(&ask);
  release();  // the reference of a waiter
}

void Cell::ask_ended(AskState& ask) noexcept {
  for (AskWait* wait : waits_) {
    if (wait->ask_ != &ask || wait->token_ != ask.token) continue;
    if (system_.environment.trace.wanted()) {
      Bytes bytes;
      const Result<void> encoded = ask.reply->encode(ask, bytes, nullptr);
      trace(seam::EventKind::replied, encoded ? "value" : name_of(encoded.error().code), pid_.path,
            hash_bytes(bytes));
    }
    end_wait(*wait);
    wait->answered();
    break;
  }
  ask.release();  // the answerer's reference, which travelled with the signal
}

}  // namespace pre
