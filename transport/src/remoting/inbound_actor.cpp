#include "inbound_actor.hpp"

#include <preordain/runtime/remote.hpp>

namespace pre::remoting {

void ReplyDoor::ask_done(AskState& ask) noexcept {
  to_.tell<Answered>(ask);
  release();
}

InboundActor::InboundActor(std::shared_ptr<Shared> parts, std::shared_ptr<Accepted> accepted)
    : parts_(std::move(parts)), accepted_(std::move(accepted)) {}

InboundActor::~InboundActor() {
  if (door_ != nullptr) door_->release();
}

void InboundActor::started() {
  if (!accepted_->stream) return stop();  // restarted after a failure: the connection is gone
  machine_.emplace(parts_->self, now());
  door_ = new ReplyDoor(Ref<Answered>(self()));
  stream_.adopt(std::move(accepted_->stream));
  accepted_->ready.bind(self());
  feed(link::Tick{});  // the time to say hello runs, also for a peer that never says anything
  read();
}

void InboundActor::stopping() {
  if (machine_ && stream_.open()) feed(link::Stop{"the node is stopping"});
}

void InboundActor::on(InboundDue) {
  due_at_ = never;
  feed(link::Tick{});
}

void InboundActor::on(InboundReady) {
  accepted_->ready.heard();
  if (!stream_.open()) return;
  flush();
  read();
}

void InboundActor::on(Answered answered) {
  const AskState& ask = *answered.ask;
  WireReply reply{ask.token, {}, {}};
  if (Result<void> encoded = ask.reply->encode(ask, reply.payload, parts_.get()); !encoded) {
    reply.error = encoded.error();
  }
  feed(std::move(reply));
}

template <class E>
void InboundActor::feed(E event) {
  machine_->step({now(), std::move(event)}, out_);
  carry_out();
}

void InboundActor::carry_out() {
  InboundOutputs out;
  std::swap(out, out_);
  for (const LinkEvent& event : out.events) {
    parts_->trace(seam::EventKind::link, name_of(event.state), event.text);
  }
  if (!out.write.empty()) stream_.send(out.write);
  if (out.close) {
    (void)stream_.flush();
    stream_.close();
    parts_->count_close(out.close->reason);
    return stop();
  }
  if (out.met) peer_ = *out.met;
  arm(out.next_deadline);
  for (Delivery& delivery : out.deliveries) deliver(delivery);
  if (!out.write.empty()) flush();
}

void InboundActor::deliver(Delivery& delivery) {
  WireEnvelope& envelope = delivery.envelope;
  const bool asked = envelope.ask_id != 0;
  const Result<void> delivered = try_to_deliver(delivery);
  if (delivered) return parts_->count(&RemotingStats::delivered);
  parts_->trace(seam::EventKind::dead_letter, envelope.type, delivered.error().text());
  if (asked) feed(WireReply{envelope.ask_id, {}, delivered.error()});
}

Result<void> InboundActor::try_to_deliver(Delivery& delivery) {
  WireEnvelope& envelope = delivery.envelope;
  if (!parts_->in_order(peer_, envelope.sequence)) {
    return Error(Errc::unreachable, "overtaken by a newer connection of " + peer_.node);
  }
  if (delivery.deadline <= now()) {
    return Error(Errc::timeout, "its asker had given up before it arrived");
  }
  // Other nodes may talk to the users' actors; the runtime's own are nobody's business.
  if (!envelope.target.starts_with("/user/")) {
    return Error(Errc::no_such_actor, envelope.target + " is not open to other nodes");
  }
  Result<TargetPtr> target = system().find(envelope.target);
  if (!target) return target.error();
  const bool asked = envelope.ask_id != 0;
  if (asked) door_->retain();
  Result<void> delivered =
      deliver_from_wire(*target, envelope.target_uid, envelope.type, envelope.payload, parts_.get(),
                        asked ? door_ : nullptr, envelope.ask_id);
  if (asked && !delivered) door_->release();
  return delivered;
}

void InboundActor::read() {
  constexpr int reads_per_turn = 32;  // then others have their turn
  for (int i = 0; i < reads_per_turn && stream_.open(); ++i) {
    const auto bytes = stream_.receive();
    if (bytes) {
      feed(link::Received{*bytes});
    } else if (bytes.error() == seam::NetError::would_block) {
      return;
    } else {
      stream_.close();
      return feed(link::Disconnected{bytes.error()});
    }
  }
  if (stream_.open()) accepted_->ready.wake();
}

void InboundActor::flush() {
  const std::size_t before = stream_.unwritten();
  if (before == 0) return;
  if (const auto broken = stream_.flush()) {
    stream_.close();
    return feed(link::Disconnected{*broken});
  }
  if (stream_.unwritten() != before) feed(link::Writable{stream_.unwritten()});
}

void InboundActor::arm(Instant deadline) {
  if (deadline >= due_at_) return;
  due_at_ = deadline;
  due_ = after(deadline - now(), InboundDue{});
}

}  // namespace pre::remoting
