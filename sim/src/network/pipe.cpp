// Moving bytes: from the sender's buffer over the link into the receiver's window.
#include <algorithm>

#include <preordain/base/assert.hpp>

#include "network/streams.hpp"

namespace pre::sim {

// May what side `from` sends not pass at this instant? Nobody answers: neither ack nor reset.
bool Streams::blocked(const Connection& connection, Side from) const {
  const End& sender = connection.ends[from];
  const End& receiver = connection.ends[other(from)];
  return connection.severed || receiver.silent || !links_.up(receiver.host) ||
         links_.cut(sender.host, receiver.host);
}

void Streams::send(Handle handle, Connection& connection, Side from, Segment::Carries carries,
                   std::uint64_t up_to) {
  Pipe& pipe = connection.pipes[from];
  const Duration latency =
      links_.latency(connection.ends[from].host, connection.ends[other(from)].host);
  const Instant due = std::max(core_.now + latency, pipe.last_due);
  pipe.last_due = due;
  pipe.flight.push({up_to, due, carries});
  move(handle, connection, from);
}

// Sends what the receiver has room for, and the end once everything is on its way.
void Streams::pump(Handle handle, Connection& connection, Side from) {
  Pipe& pipe = connection.pipes[from];
  if (connection.ends[from].failure) return;
  const std::uint64_t room_up_to = pipe.consumed + core_.knobs.receive_window;
  const std::uint64_t up_to = std::min(pipe.written, room_up_to);
  if (up_to > pipe.sent) {
    pipe.sent = up_to;
    send(handle, connection, from, Segment::Carries::data, up_to);
  }
  if (pipe.end_wanted && !pipe.end_sent && pipe.sent == pipe.written) {
    pipe.end_sent = true;
    send(handle, connection, from, Segment::Carries::end, pipe.sent);
  }
}

// One event for the first in flight; the others follow it.
void Streams::move(Handle handle, Connection& connection, Side from) {
  Pipe& pipe = connection.pipes[from];
  if (pipe.moving || pipe.held || pipe.flight.empty()) return;
  pipe.moving = true;
  plan(std::max(pipe.flight.front().due - core_.now, Duration::zero()), What::arrive, handle, from);
}

void Streams::arrive(Handle handle, Connection& connection, Side from) {
  Pipe& pipe = connection.pipes[from];
  pipe.moving = false;
  if (pipe.flight.empty()) return;
  if (blocked(connection, from)) return hold(handle, connection, from);
  const Segment segment = pipe.flight.pop();
  take_in(handle, connection, from, segment);
  move(handle, connection, from);
}

void Streams::take_in(Handle handle, Connection& connection, Side from, const Segment& segment) {
  const Side to = other(from);
  Pipe& pipe = connection.pipes[from];
  End& receiver = connection.ends[to];
  if (!receiver.usable()) {
    // The operating system knows no such connection (any more). A mere goodbye needs no answer.
    pipe.flight.clear();
    if (segment.carries == Segment::Carries::end) return;
    const bool closed = receiver.phase == End::Phase::gone && !receiver.failure;
    return send_reset(handle, connection, from, closed ? Reset::soft : Reset::hard);
  }
  switch (segment.carries) {
    case Segment::Carries::open:
      if (receiver.phase != End::Phase::connecting) return;
      receiver.phase = End::Phase::open;
      write(Kind::connected, connection, to, 0);
      wake(receiver);
      pump(handle, connection, to);  // an end may be owed already
      break;
    case Segment::Carries::data: {
      const ByteView payload = pipe.view(pipe.arrived, segment.up_to);
      pipe.arrived = segment.up_to;
      write(Kind::segment, connection, to, hash_bytes(payload),
            links_.link(connection.ends[from].host, receiver.host).label);
      break;
    }
    case Segment::Carries::end:
      pipe.end_arrived = true;
      write(Kind::end_of_stream, connection, to, 0);
      break;
  }
  if (receiver.read_blocked) {
    receiver.read_blocked = false;
    receiver.waker.call();
  }
  acknowledge(handle, connection, from);
}

void Streams::hold(Handle handle, Connection& connection, Side from) {
  Pipe& pipe = connection.pipes[from];
  if (connection.ends[from].failure) {  // a sender that broke does not try again
    pipe.flight.clear();
    return;
  }
  pipe.held = true;
  write(Kind::held, connection, from, pipe.flight.size());
  be_patient(handle, connection, from);
}

// The sender learns that bytes arrived. An event only if it waits for that, or if the way back is
// blocked; otherwise nobody could tell the difference.
void Streams::acknowledge(Handle handle, Connection& connection, Side from) {
  Pipe& pipe = connection.pipes[from];
  if (blocked(connection, other(from))) {
    pipe.ack_held = true;
    be_patient(handle, connection, from);
    return;
  }
  if (connection.ends[from].write_blocked || pipe.patience) {
    plan_ack(handle, connection, from);
  } else {
    pipe.acked = pipe.arrived;
  }
}

void Streams::plan_ack(Handle handle, Connection& connection, Side from) {
  Pipe& pipe = connection.pipes[from];
  if (pipe.ack_planned || pipe.ack_held) return;
  pipe.ack_planned = true;
  plan(links_.latency(connection.ends[other(from)].host, connection.ends[from].host), What::ack,
       handle, from);
}

void Streams::ack_arrives(Handle handle, Connection& connection, Side from) {
  Pipe& pipe = connection.pipes[from];
  End& sender = connection.ends[from];
  pipe.ack_planned = false;
  if (sender.failure) return;
  if (blocked(connection, other(from))) {
    pipe.ack_held = true;
    be_patient(handle, connection, from);
    return;
  }
  pipe.acked = pipe.arrived;
  static_cast<void>(core_.queue.cancel(pipe.patience));
  pipe.patience = {};
  if (pipe.held) be_patient(handle, connection, from);
  pump(handle, connection, from);
  if (sender.write_blocked && pipe.written - pipe.acked < core_.knobs.send_buffer) {
    sender.write_blocked = false;
    sender.waker.call();
  }
}

void Streams::be_patient(Handle handle, Connection& connection, Side from) {
  Pipe& pipe = connection.pipes[from];
  if (pipe.patience) return;
  pipe.patience =
      core_.plan_after(core_.knobs.retransmit_limit, *this, argument(What::give_up, handle, from));
}

void Streams::give_up(Connection& connection, Side from) {
  Pipe& pipe = connection.pipes[from];
  pipe.patience = {};
  if (connection.ends[from].failure) return;
  pipe.flight.clear();
  pipe.held = false;
  write(Kind::timed_out, connection, from, 0);
  fail(connection, from, seam::NetError::timed_out);
}

// The path from `from` may be open again: what waited for it sets out anew.
void Streams::go_on(Handle handle, Connection& connection, Side from) {
  Pipe& out = connection.pipes[from];
  const NodeId sender = connection.ends[from].host;
  const NodeId receiver = connection.ends[other(from)].host;
  if (out.held) {
    out.held = false;
    out.flight.front().due = core_.now + links_.latency(sender, receiver);
    out.last_due = std::max(out.last_due, out.flight.front().due);
    move(handle, connection, from);
  }
  Pipe& in = connection.pipes[other(from)];
  if (in.ack_held) {
    in.ack_held = false;
    plan_ack(handle, connection, other(from));
  }
}

}  // namespace pre::sim
