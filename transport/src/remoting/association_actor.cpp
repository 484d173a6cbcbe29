#include "association_actor.hpp"

#include <preordain/seam/random.hpp>

namespace pre::remoting {

AssociationActor::AssociationActor(std::shared_ptr<Shared> parts, std::string peer,
                                   std::string address)
    : parts_(std::move(parts)), peer_(std::move(peer)), address_(std::move(address)) {}

// A driver that failed is restarted with a new machine; the time numbers its messages after those
// of the old one, of which there was less than one a nanosecond.
void AssociationActor::started() {
  machine_.emplace(AssociationOptions{
      .self = parts_->self,
      .peer = peer_,
      .numbers_after = static_cast<std::uint64_t>(now().time_since_epoch().count())});
  ready_.bind(self());
}

void AssociationActor::stopping() { feed(link::Stop{"the node is stopping"}); }

void AssociationActor::on(Outbound outbound) {
  Instant deadline = never;
  if (outbound.ask) {
    outbound.envelope.ask_id = ++last_ask_;
    deadline = outbound.ask.deadline();
    if (deadline == never) deadline = saturating_add(now(), ask_within_max);
  }
  Result<Bytes> encoded = encode(outbound.envelope);
  if (!encoded) {
    parts_->trace(seam::EventKind::dead_letter, outbound.envelope.type, encoded.error().detail);
    if (outbound.ask) outbound.ask.fail(encoded.error());
    return;
  }
  const std::uint64_t ask_id = outbound.envelope.ask_id;
  if (outbound.ask) asks_.emplace(ask_id, std::move(outbound.ask));
  parts_->count(&RemotingStats::sent);
  feed(Send{std::move(*encoded), ask_id, deadline, {}});
}

void AssociationActor::on(Due) {
  due_at_ = never;
  feed(link::Tick{});
}

void AssociationActor::on(StreamReady) {
  ready_.heard();
  if (lookup_) return look_up();
  if (!stream_.open()) return;
  flush();
  read();
}

template <class E>
void AssociationActor::feed(E event) {
  machine_->step({now(), random().next(), std::move(event)}, out_);
  carry_out();
}

// Carrying out may lead to new inputs, and so to more outputs: each is taken before the next.
void AssociationActor::carry_out() {
  AssociationOutputs out;
  std::swap(out, out_);
  for (const LinkEvent& event : out.events) {
    parts_->trace(seam::EventKind::link, name_of(event.state), peer_ + ": " + event.text);
  }
  for (FailedSend& failed : out.failed) settle(failed);
  for (const WireReply& reply : out.replies) settle(reply);
  parts_->count(&RemotingStats::possibly_lost, out.possibly_lost);
  if (!out.write.empty()) stream_.send(out.write);
  if (out.close) {
    (void)stream_.flush();  // a goodbye, if it still gets through
    stream_.close();
    lookup_.reset();
    connecting_ = false;
    parts_->count_close(out.close->reason);
  }
  arm(out.next_deadline);
  if (out.dial) return dial();
  if (!out.write.empty()) flush();
}

void AssociationActor::dial() {
  const auto endpoint = seam::parse_endpoint(address_);
  if (!endpoint) return feed(link::ConnectFailed{seam::NetError::invalid});
  lookup_ = system().environment().network.resolve(endpoint->host, endpoint->port, ready_);
  look_up();
}

void AssociationActor::look_up() {
  const auto found = lookup_->result();
  if (!found && found.error() == seam::NetError::would_block) return;
  lookup_.reset();
  if (!found) return feed(link::ConnectFailed{found.error()});
  attach(found->front());
}

void AssociationActor::attach(const seam::Endpoint& to) {
  connecting_ = true;
  stream_.adopt(system().environment().network.connect(to, ready_));
  // Asks to be woken: a stream wakes its owner only after it has said would_block.
  if (const auto early = stream_.receive();
      !early && early.error() != seam::NetError::would_block) {
    connecting_ = false;
    stream_.close();
    feed(link::ConnectFailed{early.error()});
  }
}

void AssociationActor::read() {
  constexpr int reads_per_turn = 32;  // then others have their turn
  for (int i = 0; i < reads_per_turn && stream_.open(); ++i) {
    const auto bytes = stream_.receive();
    if (bytes || bytes.error() == seam::NetError::would_block) {
      if (std::exchange(connecting_, false)) feed(link::Connected{});
      if (!bytes) return;
      feed(link::Received{*bytes});
      continue;
    }
    stream_.close();
    if (std::exchange(connecting_, false)) return feed(link::ConnectFailed{bytes.error()});
    return feed(link::Disconnected{bytes.error()});
  }
  if (stream_.open()) ready_.wake();
}

void AssociationActor::flush() {
  const std::size_t before = stream_.unwritten();
  if (before == 0 || connecting_) return;
  if (const auto broken = stream_.flush()) {
    stream_.close();
    return feed(link::Disconnected{*broken});
  }
  if (stream_.unwritten() != before) feed(link::Writable{stream_.unwritten()});
}

void AssociationActor::settle(FailedSend& failed) {
  parts_->count(&RemotingStats::failed);
  const auto ask = asks_.find(failed.ask_id);
  if (ask == asks_.end()) {
    return parts_->trace(seam::EventKind::dead_letter, "remote tell", failed.error.text());
  }
  OpenAsk open = std::move(ask->second);
  asks_.erase(ask);
  open.fail(std::move(failed.error));
}

void AssociationActor::settle(const WireReply& reply) {
  const auto ask = asks_.find(reply.ask_id);
  if (ask == asks_.end()) return;
  OpenAsk open = std::move(ask->second);
  asks_.erase(ask);
  parts_->count(&RemotingStats::replies);
  if (reply.error) {
    open.fail(*reply.error);
  } else {
    open.complete(reply.payload, parts_.get());
  }
}

// One timer, moved only when the machine wants to be woken earlier than it would be.
void AssociationActor::arm(Instant deadline) {
  if (deadline >= due_at_) return;
  due_at_ = deadline;
  due_ = after(deadline - now(), Due{});
}

}  // namespace pre::remoting
