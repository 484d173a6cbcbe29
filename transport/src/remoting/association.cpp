#include "association.hpp"

#include <algorithm>
#include <utility>

#include <preordain/base/assert.hpp>

namespace pre::remoting {

void AssociationOutputs::clear() {
  dial = false;
  write.clear();
  close.reset();
  met.reset();
  replies.clear();
  failed.clear();
  possibly_lost = 0;
  late_replies = 0;
  round_trip.reset();
  events.clear();
  next_deadline = never;
}

Association::Association(AssociationOptions options)
    : options_(std::move(options)), outbox_(options_.limits, options_.numbers_after) {
  PRE_ASSERT(!options_.peer.empty(), "an association is with somebody");
}

void Association::step(AssociationInput input, AssociationOutputs& out) {
  const Moment moment{input.now, input.random};
  std::visit([&](auto& event) { on(event, moment, out); }, input.event);
  if (state_ != LinkState::closed) {
    pass_time(moment, out);
    hand_over(moment.now, out);
  }
  out.next_deadline = next_deadline();
}

void Association::on(Send& send, Moment moment, AssociationOutputs& out) {
  if (state_ == LinkState::closed) {
    out.failed.push_back({.number = 0,
                          .ask_id = send.ask_id,
                          .error = Error(Errc::shutting_down, "this node is stopping"),
                          .envelope = std::move(send.envelope)});
    return;
  }
  outbox_.accept(std::move(send), out.failed);
  if (state_ == LinkState::idle && !outbox_.queue_empty()) dial(moment.now, out);
}

void Association::on(const link::Tick&, Moment, AssociationOutputs&) {}

void Association::on(const link::Connected&, Moment moment, AssociationOutputs& out) {
  if (state_ != LinkState::connecting) return;  // stopped meanwhile
  enter(LinkState::handshaking, options_.peer, out);
  handshake_.emplace(options_.self, Role::dialler, options_.peer, moment.now);
  ByteView nothing;
  shake_hands(nothing, moment, out);
}

void Association::on(const link::ConnectFailed& failed, Moment moment, AssociationOutputs& out) {
  if (state_ != LinkState::connecting) return;
  end({reason_of_failed_connect(failed.reason), network_says(failed.reason)}, moment, out);
}

void Association::on(const link::Received& received, Moment moment, AssociationOutputs& out) {
  ByteView bytes = received.bytes;
  if (state_ == LinkState::handshaking) shake_hands(bytes, moment, out);
  if (state_ == LinkState::up) read_frames(bytes, moment, out);
}

void Association::on(const link::Disconnected& lost, Moment moment, AssociationOutputs& out) {
  if (state_ != LinkState::handshaking && state_ != LinkState::up) return;
  end({reason_of_loss(lost.reason), network_says(lost.reason)}, moment, out);
}

void Association::on(const link::Writable& writable, Moment, AssociationOutputs&) {
  unwritten_ = writable.unwritten;
}

void Association::on(const link::Stop& stop, Moment, AssociationOutputs& out) {
  if (state_ == LinkState::closed) return;
  const Closed closed{CloseReason::stopped, stop.text};
  const bool has_stream = state_ != LinkState::idle && state_ != LinkState::backing_off;
  if (state_ == LinkState::up) {
    write_frame(FrameKind::goodbye, encode(farewell_of(closed)), out);
  }
  if (has_stream) out.close = closed;
  leave(closed, out);
  outbox_.fail_queued(Error(Errc::shutting_down, "this node is stopping"), out.failed);
  enter(LinkState::closed, stop.text, out);
}

void Association::dial(Instant now, AssociationOutputs& out) {
  until_ = saturating_add(now, connect_within);
  out.dial = true;
  enter(LinkState::connecting, options_.peer, out);
}

void Association::shake_hands(ByteView& bytes, Moment moment, AssociationOutputs& out) {
  HandshakeOutputs said;
  handshake_->step({moment.now, bytes}, said);
  append(out.write, said.write);
  unwritten_ += said.write.size();
  bytes = bytes.subspan(said.consumed);
  if (said.accepted) meet(*said.accepted, moment.now, out);
  if (said.refused) end(std::move(*said.refused), moment, out);
}

void Association::meet(const Peer& peer, Instant now, AssociationOutputs& out) {
  peer_ = peer;
  up_since_ = now;
  heard_ = now;
  out.met = PeerMet{peer, known_life_};
  known_life_ = peer.incarnation;
  enter(LinkState::up,
        peer.node + " incarnation " + std::to_string(peer.incarnation.value) + " version " +
            std::to_string(peer.version) + " max_frame " + std::to_string(peer.max_frame),
        out);
}

void Association::read_frames(ByteView bytes, Moment moment, AssociationOutputs& out) {
  if (bytes.empty()) return;
  heard_ = moment.now;
  FrameReader& reader = handshake_->reader();
  while (const std::optional<Frame> frame = reader.next(bytes)) {
    std::optional<Closed> closed = take_frame(*frame, moment.now, out);
    if (!closed) continue;
    // Who says goodbye, or is not understood, gets no more frames from us.
    if (closed->reason == CloseReason::peer_goodbye) return end(std::move(*closed), moment, out);
    return complain(std::move(*closed), moment, out);
  }
  if (reader.error()) return complain(*reader.error(), moment, out);
  progress_.note(moment.now, reader);
}

std::optional<Closed> Association::take_frame(const Frame& frame, Instant now,
                                              AssociationOutputs& out) {
  switch (frame.kind) {
    case FrameKind::reply:
      return take_reply(frame, out);
    case FrameKind::pong:
      return take_pong(frame, now, out);
    case FrameKind::goodbye: {
      const Result<WireFarewell> farewell = decode_farewell(frame.body);
      return Closed{CloseReason::peer_goodbye,
                    farewell ? text_of(*farewell) : std::string("for a reason not readable")};
    }
    default:
      return Closed{CloseReason::unexpected_frame,
                    std::string(name_of(frame.kind)) + " from the accepting side"};
  }
}

std::optional<Closed> Association::take_reply(const Frame& frame, AssociationOutputs& out) {
  Result<WireReply> reply = decode_reply(frame.body);
  if (!reply) return Closed{CloseReason::malformed_message, reply.error().detail};
  if (outbox_.answer(reply->ask_id)) {
    out.replies.push_back(*std::move(reply));
  } else {
    ++out.late_replies;
  }
  return std::nullopt;
}

std::optional<Closed> Association::take_pong(const Frame& frame, Instant now,
                                             AssociationOutputs& out) {
  const Result<std::uint64_t> nonce = decode_pong(frame.body);
  if (!nonce) return Closed{CloseReason::malformed_message, nonce.error().detail};
  const auto at = std::find_if(pings_.begin(), pings_.end(),
                               [&](const SentPing& sent) { return sent.nonce == *nonce; });
  if (at == pings_.end()) return Closed{CloseReason::malformed_message, "a pong to no ping"};
  outbox_.prove(at->tells_before);
  out.round_trip = now - at->at;
  pings_.erase(pings_.begin(), at + 1);
  return std::nullopt;
}

void Association::hand_over(Instant now, AssociationOutputs& out) {
  if (state_ != LinkState::up) return;
  while (!outbox_.queue_empty() && unwritten_ < unwritten_bytes_high) {
    std::optional<Error> error = obstacle(outbox_.front());
    if (error) {
      outbox_.fail_front(*std::move(error), out.failed);
      continue;
    }
    Outbox::Queued taken = outbox_.hand_over();
    const bool timed = taken.send.deadline != never;
    append_hand_over(taken.send.envelope, timed ? taken.send.deadline - now : Duration::zero(),
                     taken.number);
    write_frame(FrameKind::envelope, taken.send.envelope, out);
  }
}

std::optional<Error> Association::obstacle(const Send& send) const {
  if (send.peer && send.peer != peer_.incarnation) {
    return Error(Errc::no_such_actor, "the node " + options_.peer + " has been restarted");
  }
  const std::size_t size = send.envelope.size() + hand_over_bytes_max;
  if (size > peer_.max_frame) {
    return Error(Errc::not_serializable, "a message of " + std::to_string(size) +
                                             " bytes exceeds the frame limit of " +
                                             std::to_string(peer_.max_frame));
  }
  return std::nullopt;
}

void Association::write_frame(FrameKind kind, ByteView body, AssociationOutputs& out) {
  const std::size_t before = out.write.size();
  handshake_->writer().append_frame(kind, body, out.write);
  unwritten_ += out.write.size() - before;
}

void Association::pass_time(Moment moment, AssociationOutputs& out) {
  outbox_.expire(moment.now, out.failed);
  switch (state_) {
    case LinkState::connecting:
      if (moment.now >= until_) end({CloseReason::connect_timeout, options_.peer}, moment, out);
      return;
    case LinkState::handshaking: {
      ByteView nothing;
      return shake_hands(nothing, moment, out);
    }
    case LinkState::up:
      return watch_link(moment, out);
    case LinkState::backing_off:
      if (moment.now < until_) return;
      if (!outbox_.queue_empty()) return dial(moment.now, out);
      return enter(LinkState::idle, "nothing to send", out);
    case LinkState::idle:
    case LinkState::closed:
      return;
  }
}

void Association::watch_link(Moment moment, AssociationOutputs& out) {
  if (moment.now >= progress_.deadline()) {
    return complain({CloseReason::progress_timeout, "a frame that does not end"}, moment, out);
  }
  if (moment.now >= saturating_add(heard_, dead_after)) {
    return complain({CloseReason::idle_timeout, "nothing was heard"}, moment, out);
  }
  if (moment.now >= next_ping()) ping(moment.now, out);
}

void Association::ping(Instant now, AssociationOutputs& out) {
  pings_.push_back({++last_nonce_, now, outbox_.tells_handed_over()});
  write_frame(FrameKind::ping, encode_ping(last_nonce_), out);
}

// Says why before hanging up.
void Association::complain(Closed closed, Moment moment, AssociationOutputs& out) {
  write_frame(FrameKind::goodbye, encode(farewell_of(closed)), out);
  end(std::move(closed), moment, out);
}

void Association::end(Closed closed, Moment moment, AssociationOutputs& out) {
  const bool stable =
      state_ == LinkState::up && moment.now >= saturating_add(up_since_, stable_after);
  if (stable) backoff_.reset();
  leave(closed, out);
  until_ = saturating_add(moment.now, backoff_.next(moment.random));
  std::string text(name_of(closed.reason));
  if (!closed.text.empty()) text += ": " + closed.text;
  enter(LinkState::backing_off, std::move(text), out);
  out.close = std::move(closed);
}

// Settles what the connection still owed, and forgets it.
void Association::leave(const Closed& closed, AssociationOutputs& out) {
  const Error error(Errc::unreachable, "the connection to " + options_.peer + " ended (" +
                                           std::string(name_of(closed.reason)) +
                                           "); the message may or may not have had its effect");
  out.possibly_lost += outbox_.break_off(error, out.failed);
  handshake_.reset();
  peer_ = {};
  progress_ = {};
  up_since_ = never;
  heard_ = never;
  pings_.clear();
  unwritten_ = 0;
}

void Association::enter(LinkState state, std::string text, AssociationOutputs& out) {
  state_ = state;
  out.events.push_back({state, std::move(text)});
}

Instant Association::next_ping() const {
  const Instant last = pings_.empty() ? heard_ : std::max(heard_, pings_.back().at);
  return saturating_add(last, ping_after);
}

Instant Association::next_deadline() const {
  Instant next = outbox_.next_deadline();
  switch (state_) {
    case LinkState::connecting:
    case LinkState::backing_off:
      return std::min(next, until_);
    case LinkState::handshaking:
      return std::min(next, handshake_->deadline());
    case LinkState::up:
      next = std::min({next, next_ping(), progress_.deadline()});
      return std::min(next, saturating_add(heard_, dead_after));
    case LinkState::idle:
      return next;
    case LinkState::closed:
      return never;
  }
  return next;
}

}  // namespace pre::remoting
