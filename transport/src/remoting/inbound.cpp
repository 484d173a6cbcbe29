#include "inbound.hpp"

#include <algorithm>
#include <utility>

#include <preordain/base/assert.hpp>

namespace pre::remoting {

void InboundOutputs::clear() {
  write.clear();
  close.reset();
  met.reset();
  deliveries.clear();
  dropped_replies = 0;
  events.clear();
  next_deadline = never;
}

Inbound::Inbound(Identity self, Instant now, InboundLimits limits)
    : limits_(limits), handshake_(std::move(self), Role::acceptor, {}, now), heard_(now) {}

void Inbound::step(const InboundInput& input, InboundOutputs& out) {
  std::visit([&](const auto& event) { on(event, input.now, out); }, input.event);
  pass_time(input.now, out);
  out.next_deadline = next_deadline();
}

void Inbound::on(const link::Tick&, Instant, InboundOutputs&) {}

void Inbound::on(const link::Received& received, Instant now, InboundOutputs& out) {
  ByteView bytes = received.bytes;
  if (state_ == LinkState::handshaking) shake_hands(bytes, now, out);
  if (state_ == LinkState::up) read_frames(bytes, now, out);
}

void Inbound::on(const WireReply& reply, Instant, InboundOutputs& out) {
  if (asks_.erase(reply.ask_id) == 0) {
    ++out.dropped_replies;
    return;
  }
  write_reply(reply, out);
}

void Inbound::on(const link::Disconnected& lost, Instant, InboundOutputs& out) {
  if (state_ == LinkState::closed) return;
  end({reason_of_loss(lost.reason), network_says(lost.reason)}, out);
}

void Inbound::on(const link::Writable& writable, Instant, InboundOutputs&) {
  unwritten_ = writable.unwritten;
}

void Inbound::on(const link::Stop& stop, Instant, InboundOutputs& out) {
  if (state_ == LinkState::up) return complain({CloseReason::stopped, stop.text}, out);
  if (state_ == LinkState::handshaking) end({CloseReason::stopped, stop.text}, out);
}

void Inbound::shake_hands(ByteView& bytes, Instant now, InboundOutputs& out) {
  HandshakeOutputs said;
  handshake_.step({now, bytes}, said);
  append(out.write, said.write);
  unwritten_ += said.write.size();
  bytes = bytes.subspan(said.consumed);
  if (said.refused) return end(std::move(*said.refused), out);
  if (!said.accepted) return;
  peer_ = *said.accepted;
  heard_ = now;
  state_ = LinkState::up;
  out.met = peer_;
  out.events.push_back(
      {state_, peer_.node + " incarnation " + std::to_string(peer_.incarnation.value)});
}

void Inbound::read_frames(ByteView bytes, Instant now, InboundOutputs& out) {
  if (bytes.empty()) return;
  heard_ = now;
  FrameReader& reader = handshake_.reader();
  while (const std::optional<Frame> frame = reader.next(bytes)) {
    std::optional<Closed> closed = take_frame(*frame, now, out);
    if (!closed) continue;
    if (closed->reason == CloseReason::peer_goodbye) return end(std::move(*closed), out);
    return complain(std::move(*closed), out);
  }
  if (reader.error()) return complain(*reader.error(), out);
  progress_.note(now, reader);
}

std::optional<Closed> Inbound::take_frame(const Frame& frame, Instant now, InboundOutputs& out) {
  switch (frame.kind) {
    case FrameKind::envelope:
      return take_envelope(frame, now, out);
    case FrameKind::ping:
      return take_ping(frame, out);
    case FrameKind::goodbye: {
      const Result<WireFarewell> farewell = decode_farewell(frame.body);
      return Closed{CloseReason::peer_goodbye,
                    farewell ? text_of(*farewell) : std::string("for a reason not readable")};
    }
    default:
      return Closed{CloseReason::unexpected_frame,
                    std::string(name_of(frame.kind)) + " from the dialling side"};
  }
}

std::optional<Closed> Inbound::take_envelope(const Frame& frame, Instant now, InboundOutputs& out) {
  Result<WireEnvelope> envelope = decode_envelope(frame.body);
  if (!envelope) return Closed{CloseReason::malformed_message, envelope.error().detail};
  if (envelope->sequence <= last_sequence_) {
    return Closed{CloseReason::malformed_message, "message " + std::to_string(envelope->sequence) +
                                                      " after message " +
                                                      std::to_string(last_sequence_)};
  }
  last_sequence_ = envelope->sequence;
  if (const std::uint64_t ask_id = envelope->ask_id; ask_id != 0) {
    if (asks_.contains(ask_id)) {
      return Closed{CloseReason::malformed_message,
                    "ask " + std::to_string(ask_id) + " is open already"};
    }
    if (asks_.size() >= limits_.asks) {
      write_reply({ask_id, {}, Error(Errc::mailbox_full, "too many asks are open")}, out);
      return std::nullopt;
    }
    asks_.insert(ask_id);
  }
  const bool timed = envelope->remaining != Duration::zero();
  const Instant deadline = timed ? saturating_add(now, envelope->remaining) : never;
  out.deliveries.push_back({*std::move(envelope), deadline});
  return std::nullopt;
}

std::optional<Closed> Inbound::take_ping(const Frame& frame, InboundOutputs& out) {
  const Result<std::uint64_t> nonce = decode_ping(frame.body);
  if (!nonce) return Closed{CloseReason::malformed_message, nonce.error().detail};
  write_frame(FrameKind::pong, encode_pong(*nonce), out);
  return std::nullopt;
}

void Inbound::write_reply(const WireReply& reply, InboundOutputs& out) {
  const Bytes body = encode(reply);
  if (body.size() <= peer_.max_frame) return write_frame(FrameKind::reply, body, out);
  const WireReply instead{
      reply.ask_id,
      {},
      Error(Errc::not_serializable, "a reply of " + std::to_string(body.size()) +
                                        " bytes exceeds the frame limit of " +
                                        std::to_string(peer_.max_frame))};
  write_frame(FrameKind::reply, encode(instead), out);
}

void Inbound::write_frame(FrameKind kind, ByteView body, InboundOutputs& out) {
  const std::size_t before = out.write.size();
  handshake_.writer().append_frame(kind, body, out.write);
  unwritten_ += out.write.size() - before;
}

void Inbound::pass_time(Instant now, InboundOutputs& out) {
  if (state_ == LinkState::handshaking) {
    ByteView nothing;
    return shake_hands(nothing, now, out);
  }
  if (state_ != LinkState::up) return;
  if (unwritten_ > limits_.unwritten_bytes) {
    return end({CloseReason::write_overflow,
                std::to_string(unwritten_) + " bytes that the peer does not read"},
               out);
  }
  if (now >= progress_.deadline()) {
    return complain({CloseReason::progress_timeout, "a frame that does not end"}, out);
  }
  if (now >= saturating_add(heard_, dead_after)) {
    complain({CloseReason::idle_timeout, "nothing was heard"}, out);
  }
}

// Says why before hanging up.
void Inbound::complain(Closed closed, InboundOutputs& out) {
  write_frame(FrameKind::goodbye, encode(farewell_of(closed)), out);
  end(std::move(closed), out);
}

void Inbound::end(Closed closed, InboundOutputs& out) {
  state_ = LinkState::closed;
  asks_.clear();
  out.events.push_back({state_, std::string(name_of(closed.reason)) + ": " + closed.text});
  out.close = std::move(closed);
}

Instant Inbound::next_deadline() const {
  switch (state_) {
    case LinkState::handshaking:
      return handshake_.deadline();
    case LinkState::up:
      return std::min(progress_.deadline(), saturating_add(heard_, dead_after));
    default:
      return never;
  }
}

}  // namespace pre::remoting
