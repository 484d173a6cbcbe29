// A request under way. It ends exactly once: with a value, an Error, or a timeout.
//
//   pending --answer--> done          nobody waits yet: the answer stays here
//      |
//    await
//      v
//   waiting --answer--> done          the waiter is told, in its own slot
//      |
//   timeout or destruction
//      v
//   abandoned --answer--> (dropped)
//
// One block holds the state, the result, and the envelope that tells the waiter: an ask allocates
// once for the request and once for this.
#pragma once

#include <atomic>
#include <coroutine>
#include <optional>
#include <utility>

#include <preordain/base/duration.hpp>
#include <preordain/base/task.hpp>
#include <preordain/runtime/target.hpp>

namespace pre {

// Who is told that an ask has ended.
class AskWaiter {
 public:
  // On the answering thread; takes over the answerer's reference to `ask`. May only queue.
  virtual void ask_done(AskState& ask) noexcept = 0;

 protected:
  ~AskWaiter() = default;
};

struct AskState : Envelope {
  enum class Phase : std::uint8_t { pending, waiting, done, abandoned };

  AskState(const MessageType& signal, const ReplyType& r, seam::Memory& m, std::uint32_t size,
           void (*destroy)(AskState&) noexcept)
      : Envelope(signal), reply(&r), memory(&m), block_bytes(size), destroy_self(destroy) {}

  const ReplyType* reply;
  seam::Memory* memory;
  std::uint32_t block_bytes;
  void (*destroy_self)(AskState&) noexcept;
  std::atomic<std::uint32_t> references{2};  // the asker's and the answerer's
  std::atomic<Phase> phase{Phase::pending};
  AskWaiter* waiter = nullptr;  // valid from `waiting` on
  std::uint64_t token = 0;      // the waiter's own mark
  TargetPtr asked;              // for the text of a timeout
  // When the asker gives up; `never` until it waits. Remoting sends it along as remaining time.
  std::atomic<Instant> deadline{never};

  void release() noexcept;
  // The result is stored: tells the waiter, or leaves it for later. Drops the answerer's reference.
  void finish() noexcept;
  // false: it has ended already. Else `who` must live until ask_done or a successful abandon().
  bool wait(AskWaiter& who, std::uint64_t mark) noexcept;
  // false: it has ended already, and ask_done was or is being called.
  bool abandon() noexcept;
};

// The envelope type of an ended ask on its way to the waiter's slot.
extern const MessageType ask_signal;

namespace message {

template <class R>
struct AskStateOf final : AskState {
  explicit AskStateOf(seam::Memory& m)
      : AskState(ask_signal, reply_type<R>, m, sizeof(AskStateOf), &destroy) {}
  static void destroy(AskState& self) noexcept {
    seam::Memory& memory = *self.memory;
    static_cast<AskStateOf&>(self).~AskStateOf();
    memory.release(&self, sizeof(AskStateOf));
  }
  void end(Result<R> value) noexcept {
    result.emplace(std::move(value));
    finish();
  }
  std::optional<Result<R>> result;
};

template <class R>
AskState* make_ask(seam::Memory& memory) {
  return ::new (memory.allocate(sizeof(AskStateOf<R>))) AskStateOf<R>(memory);
}
template <class R>
void fail_ask(AskState& ask, Error error) noexcept {
  static_cast<AskStateOf<R>&>(ask).end(std::move(error));
}
// An answer that is no struct (a number, a string) crosses the wire as a struct with one field.
template <class R>
struct Boxed {
  R value;
};

template <class R>
Result<R> decode_answer(ByteView bytes, wire::Context* context) {
  if constexpr (wire::Encodable<R>) {
    return wire::decode<R>(bytes, context);
  } else if constexpr (wire::Encodable<Boxed<R>>) {
    Result<Boxed<R>> boxed = wire::decode<Boxed<R>>(bytes, context);
    if (!boxed) return boxed.error();
    return std::move(boxed->value);
  } else {
    return Error(Errc::not_serializable, "the answer's type has no wire form");
  }
}

template <class R>
void complete_ask(AskState& ask, ByteView bytes, wire::Context* context) noexcept {
  static_cast<AskStateOf<R>&>(ask).end(decode_answer<R>(bytes, context));
}
template <class R>
Result<void> encode_ask(const AskState& ask, Bytes& out, wire::Context* context) {
  const Result<R>& result = *static_cast<const AskStateOf<R>&>(ask).result;
  if (!result) return result.error();
  if constexpr (wire::Encodable<R>) {
    wire::encode(*result, out, context);
  } else if constexpr (wire::Encodable<Boxed<R>>) {
    wire::encode(Boxed<R>{*result}, out, context);
  } else {
    return Error(Errc::not_serializable, "the answer's type has no wire form");
  }
  return {};
}

}  // namespace message

inline constexpr Duration default_ask_timeout = 5s;

// Suspends a coroutine until an ask ends or its time is over. Not a template: lives in the slot.
class AskWait {
 public:
  AskWait() = default;
  AskWait(const AskWait&) = delete;
  AskWait& operator=(const AskWait&) = delete;
  ~AskWait();

  // false: the ask has ended, go on at once.
  bool suspend(AskState& ask, TaskPromise& promise, Duration timeout);
  // Empty, or the Error with which waiting ended.
  const std::optional<Error>& gave_up() const noexcept { return gave_up_; }

  // Called by the slot.
  void answered() noexcept;
  void expired();

 private:
  friend class Cell;
  AskState* ask_ = nullptr;  // while waiting
  TaskPromise* promise_ = nullptr;
  std::uint64_t token_ = 0;
  Duration timeout_{};
  Instant deadline_{};
  std::optional<Error> gave_up_;
};

template <class R>
class AskResult;

// What ask() gives: co_await it for the value (an Error ends the awaiting task, like any failure),
// or co_await std::move(it).result() for a Result. The request is already on its way.
template <class R>
class [[nodiscard]] Ask {
 public:
  explicit Ask(AskState* state) noexcept : state_(state) {}
  Ask(Ask&& other) noexcept
      : state_(std::exchange(other.state_, nullptr)), timeout_(other.timeout_) {}
  Ask& operator=(Ask&&) = delete;
  ~Ask() {
    if (state_ == nullptr) return;
    (void)state_->abandon();
    state_->release();
  }

  // How long to wait, from the co_await on. Default 5 s.
  Ask within(Duration timeout) && {
    timeout_ = timeout;
    return std::move(*this);
  }
  AskResult<R> result() && { return AskResult<R>(std::move(*this)); }

  // For those who are not coroutines (a testkit): has it ended, and how. Precondition of take():
  // ready(), and not awaited before.
  bool ready() const noexcept {
    return state_->phase.load(std::memory_order_acquire) == AskState::Phase::done;
  }
  Result<R> take() {
    if (wait_.gave_up()) return *wait_.gave_up();
    return std::move(*static_cast<message::AskStateOf<R>*>(state_)->result);
  }

  bool await_ready() const noexcept { return ready(); }
  template <class P>
  bool await_suspend(std::coroutine_handle<P> waiting) {
    return wait_.suspend(*state_, waiting.promise(), timeout_);
  }
  R await_resume() { return take().value(); }

 private:
  AskState* state_;
  Duration timeout_ = default_ask_timeout;
  AskWait wait_;
};

template <class R>
class [[nodiscard]] AskResult : public Ask<R> {
 public:
  explicit AskResult(Ask<R> ask) noexcept : Ask<R>(std::move(ask)) {}
  Result<R> await_resume() { return this->take(); }
};

}  // namespace pre
