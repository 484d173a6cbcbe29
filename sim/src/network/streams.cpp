// The events of streams, and how connections begin and break.
#include "network/streams.hpp"

#include <preordain/base/assert.hpp>

namespace pre::sim {

namespace {
constexpr std::uint32_t index_bits = 23;
constexpr Duration syn_again = 1s;  // RFC 6298: the first retransmission time-out
}  // namespace

void Streams::clear() {
  connections_.clear();
  listeners_.clear();
  connections_made_ = 0;
}

// what:7 | kind:1 | side:1 | index:23 | generation:32
std::uint64_t Streams::argument(What what, Handle handle, Side side, Reset kind) {
  PRE_ASSERT(handle.index < (1U << index_bits), "a world has fewer than 8 million connections");
  const std::uint64_t high = (static_cast<std::uint64_t>(what) << (index_bits + 2)) |
                             (static_cast<std::uint64_t>(kind) << (index_bits + 1)) |
                             (static_cast<std::uint64_t>(side) << index_bits) | handle.index;
  return high << 32 | handle.generation;
}

void Streams::happen(std::uint64_t argument) {
  const Handle handle{static_cast<std::uint32_t>(argument >> 32) & ((1U << index_bits) - 1),
                      static_cast<std::uint32_t>(argument)};
  Connection* connection = connections_.find(handle);
  if (connection == nullptr) return;  // both ends are gone
  const auto side = static_cast<Side>((argument >> (32 + index_bits)) & 1);
  const auto kind = static_cast<Reset>((argument >> (33 + index_bits)) & 1);
  switch (static_cast<What>(argument >> (34 + index_bits))) {
    case What::syn:
      return syn_arrives(handle, *connection);
    case What::unknown_host:
      return connect_failed(*connection, seam::NetError::invalid);
    case What::refused:
      if (blocked(*connection, 1)) return retry_syn(handle, *connection);
      return connect_failed(*connection, seam::NetError::refused);
    case What::too_late:
      return connect_failed(*connection, seam::NetError::timed_out);
    case What::arrive:
      return arrive(handle, *connection, side);
    case What::ack:
      return ack_arrives(handle, *connection, side);
    case What::give_up:
      return give_up(*connection, side);
    case What::rst:
      return reset_arrives(handle, *connection, side, kind);
  }
  PRE_UNREACHABLE("every event of a stream has a handler");
}

void Streams::plan(Duration after, What what, Handle handle, Side side, Reset kind) {
  static_cast<void>(core_.plan_after(after, *this, argument(what, handle, side, kind)));
}

void Streams::syn_arrives(Handle handle, Connection& connection) {
  End& connector = connection.ends[0];
  End& acceptor = connection.ends[1];
  if (connector.phase != End::Phase::connecting || connector.failure) return;
  if (acceptor.phase != End::Phase::absent) return;
  if (blocked(connection, 0)) return retry_syn(handle, connection);
  Listening* listening = listeners_.at(acceptor.host, acceptor.port);
  if (listening == nullptr) {
    return plan(links_.latency(acceptor.host, connector.host), What::refused, handle, 0);
  }
  if (listening->waiting.size() >= core_.knobs.accept_backlog) return retry_syn(handle, connection);
  acceptor.phase = End::Phase::waiting;
  acceptor.life = listening->life;
  listening->waiting.push(handle);
  send(handle, connection, 1, Segment::Carries::open, 0);
  listening->waker.call();
}

void Streams::retry_syn(Handle handle, const Connection& connection) {
  if (core_.now + syn_again < connection.give_up_at) plan(syn_again, What::syn, handle, 0);
}

void Streams::connect_failed(Connection& connection, seam::NetError why) {
  End& connector = connection.ends[0];
  if (connector.phase != End::Phase::connecting || connector.failure) return;
  write(why == seam::NetError::timed_out ? Kind::timed_out : Kind::refused, connection, 0,
        static_cast<std::uint64_t>(why));
  fail(connection, 0, why);
}

void Streams::send_reset(Handle handle, Connection& connection, Side to, Reset kind) {
  const End& target = connection.ends[to];
  if (!target.usable() || target.phase == End::Phase::absent) return;  // nobody would notice
  const NodeId from = connection.ends[other(to)].host;
  Duration after = links_.latency(from, target.host);
  if (kind == Reset::soft) {
    // Behind what was sent before: the peer may still read that.
    const Instant last = connection.pipes[other(to)].last_due;
    if (core_.now + after < last) after = last - core_.now;
  }
  plan(after, What::rst, handle, to, kind);
}

void Streams::reset_arrives(Handle handle, Connection& connection, Side side, Reset kind) {
  End& end = connection.ends[side];
  if (!end.usable()) return;
  if (blocked(connection, other(side))) {
    // A reset is sent once: what a blocked path swallows leaves a half-open connection. A sender
    // with bytes on its mind will still lose patience.
    const Pipe& out = connection.pipes[side];
    if (out.acked < out.written) be_patient(handle, connection, side);
    return;
  }
  write(Kind::reset, connection, side, static_cast<std::uint64_t>(kind));
  if (kind == Reset::hard) return fail(connection, side, seam::NetError::reset);
  end.writes_fail = true;
  wake(end);
}

void Streams::fail(Connection& connection, Side side, seam::NetError why) {
  End& end = connection.ends[side];
  end.failure = why;
  Pipe& out = connection.pipes[side];
  static_cast<void>(core_.queue.cancel(out.patience));
  out.patience = {};
  wake(end);
}

// The owner of this end is gone; the connection goes when both are.
void Streams::let_go(Handle handle, Connection& connection, Side side) {
  End& end = connection.ends[side];
  end.phase = End::Phase::gone;
  end.life = nullptr;
  end.waker.detach();
  const End::Phase peer = connection.ends[other(side)].phase;
  if (peer != End::Phase::gone && peer != End::Phase::absent) return;
  for (Pipe& pipe : connection.pipes) static_cast<void>(core_.queue.cancel(pipe.patience));
  connections_.release(handle);
}

// Whatever it waited for, it should look again.
void Streams::wake(End& end) {
  end.read_blocked = false;
  end.write_blocked = false;
  end.waker.call();
}

void Streams::write(Kind kind, const Connection& connection, Side side, std::uint64_t digest,
                    std::string_view text) {
  const End& end = connection.ends[side];
  const Incarnation incarnation = end.life == nullptr ? Incarnation{} : end.life->incarnation;
  core_.journal.write(
      {0, core_.now, end.host, incarnation, kind, connection.number, digest, {}, text});
}

}  // namespace pre::sim
