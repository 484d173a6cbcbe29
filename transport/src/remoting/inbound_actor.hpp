// The driver of one accepted connection: gives the pure machine (inbound.hpp) its stream and its
// clock, puts envelopes into mailboxes, and carries the answers back.
#pragma once

#include <preordain/runtime/system.hpp>

#include "ask_handle.hpp"
#include "inbound.hpp"
#include "shared.hpp"
#include "stream_pump.hpp"
#include "wake_tell.hpp"

namespace pre::remoting {

struct InboundReady {};
struct InboundDue {};
struct Answered {
  explicit Answered(AskState& a) : ask(a) {}
  EndedAsk ask;
};

// Where the answers of one connection's asks come in. Lives until the last of them has ended, which
// may be after the connection.
class ReplyDoor final : public AskWaiter {
 public:
  explicit ReplyDoor(Ref<Answered> to) : to_(std::move(to)) {}
  void retain() noexcept { references_.fetch_add(1); }
  void release() noexcept {
    if (references_.fetch_sub(1) == 1) delete this;
  }
  void ask_done(AskState& ask) noexcept override;

 private:
  ~ReplyDoor() = default;
  std::atomic<std::uint32_t> references_{1};
  Ref<Answered> to_;
};

// A stream that was accepted, on its way to the actor that will own it.
struct Accepted {
  WakeTell<InboundReady> ready;  // before the stream that holds it
  std::unique_ptr<seam::Stream> stream;
};

class InboundActor : public Actor<InboundReady, InboundDue, Answered> {
 public:
  InboundActor(std::shared_ptr<Shared> parts, std::shared_ptr<Accepted> accepted);
  ~InboundActor() override;

  void on(InboundReady);
  void on(InboundDue);
  void on(Answered answered);

 private:
  void started() override;
  void stopping() override;

  template <class E>
  void feed(E event);
  void carry_out();
  void read();
  void flush();
  void deliver(Delivery& delivery);
  Result<void> try_to_deliver(Delivery& delivery);
  void arm(Instant deadline);

  const std::shared_ptr<Shared> parts_;
  const std::shared_ptr<Accepted> accepted_;
  std::optional<Inbound> machine_;
  InboundOutputs out_;
  Peer peer_;
  ReplyDoor* door_ = nullptr;
  StreamPump stream_;
  Timer due_;
  Instant due_at_ = never;
};

}  // namespace pre::remoting
