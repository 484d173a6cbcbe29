// Asks in the hands of remoting, so that none is forgotten.
#pragma once

#include <utility>

#include <preordain/runtime/ask.hpp>

namespace pre::remoting {

// The answerer's reference to an ask that goes to another node. Dropped, it says `unreachable`.
class OpenAsk {
 public:
  OpenAsk() = default;
  explicit OpenAsk(AskState* ask) noexcept : ask_(ask) {}
  OpenAsk(OpenAsk&& other) noexcept : ask_(std::exchange(other.ask_, nullptr)) {}
  OpenAsk& operator=(OpenAsk&& other) noexcept {
    std::swap(ask_, other.ask_);
    return *this;
  }
  ~OpenAsk() {
    if (ask_ != nullptr) fail(Error(Errc::unreachable, "the connection's driver has ended"));
  }
  explicit operator bool() const noexcept { return ask_ != nullptr; }
  Instant deadline() const { return ask_->deadline.load(std::memory_order_relaxed); }
  void fail(Error error) {
    AskState& ask = *std::exchange(ask_, nullptr);
    ask.reply->fail(ask, std::move(error));
  }
  void complete(ByteView bytes, wire::Context* context) {
    AskState& ask = *std::exchange(ask_, nullptr);
    ask.reply->complete(ask, bytes, context);
  }

 private:
  AskState* ask_ = nullptr;
};

// An ask from another node that has ended here: both references.
class EndedAsk {
 public:
  explicit EndedAsk(AskState& ask) noexcept : ask_(&ask) {}
  EndedAsk(EndedAsk&& other) noexcept : ask_(std::exchange(other.ask_, nullptr)) {}
  EndedAsk& operator=(EndedAsk&&) = delete;
  ~EndedAsk() {
    if (ask_ == nullptr) return;
    ask_->release();
    ask_->release();
  }
  const AskState& operator*() const { return *ask_; }

 private:
  AskState* ask_;
};

}  // namespace pre::remoting
