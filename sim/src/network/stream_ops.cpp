// What programs do with streams.
#include <algorithm>
#include <cstring>

#include <preordain/base/assert.hpp>

#include "network/streams.hpp"

namespace pre::sim {

namespace {

template <class T>
seam::NetResult<T> no(seam::NetError why) {
  return tl::make_unexpected(why);
}

// Sometimes less than what would be possible; at least one byte.
std::size_t part_of(std::size_t whole, Life& life, Site whether, Site how_much, Chance chance) {
  Core& core = life.core;
  if (whole < 2 || !core.choice.fires(life.scope, whether, chance)) return whole;
  const std::size_t limit = std::max(core.knobs.partial_bytes_max, 1U);
  const std::size_t most = std::min(whole - 1, limit);
  // The calm answer of the second draw is as much as possible.
  return most - core.choice.below(life.scope, how_much, most);
}

}  // namespace

Handle Streams::connect(Life& life, const seam::Endpoint& to, seam::Wake& wake) {
  const Handle handle = connections_.acquire();
  Connection& connection = *connections_.find(handle);
  connection.number = ++connections_made_;
  End& connector = connection.ends[0];
  connector.phase = End::Phase::connecting;
  connector.host = life.node;
  connector.port = links_.ephemeral_port(life.node);
  connector.life = &life;
  connector.waker.attach(life, wake);
  write(Kind::connecting, connection, 0, hash_text(to.host) ^ to.port, to.host);

  const std::optional<NodeId> host = links_.find(to.host);
  if (!host) {
    plan(0ns, What::unknown_host, handle, 0);
    return handle;
  }
  connection.ends[1].host = *host;
  connection.ends[1].port = to.port;
  connection.give_up_at = core_.now + core_.knobs.connect_timeout;
  plan(links_.latency(life.node, *host), What::syn, handle, 0);
  plan(core_.knobs.connect_timeout, What::too_late, handle, 0);
  return handle;
}

std::optional<Handle> Streams::accept(Life& life, Handle listener, seam::Wake& wake) {
  Listening* listening = listeners_.find(listener);
  PRE_ASSERT(listening != nullptr, "a living listener is known");
  if (listening->waiting.empty()) return std::nullopt;
  const Handle handle = listening->waiting.pop();
  Connection* connection = connections_.find(handle);
  PRE_ASSERT(connection != nullptr, "a connection that waits has an end, so it exists");
  End& end = connection->ends[1];
  end.phase = End::Phase::open;
  end.waker.attach(life, wake);
  write(Kind::accepted, *connection, 1, 0);
  return handle;
}

void Streams::close_listener(Handle listener) {
  Listening* listening = listeners_.find(listener);
  PRE_ASSERT(listening != nullptr, "a living listener is known");
  while (!listening->waiting.empty()) {
    const Handle handle = listening->waiting.pop();
    Connection* connection = connections_.find(handle);
    PRE_ASSERT(connection != nullptr, "a connection that waits has an end, so it exists");
    connection->ends[1].failure = seam::NetError::reset;
    send_reset(handle, *connection, 0, Reset::hard);
    let_go(handle, *connection, 1);
  }
  listeners_.close(listener);
}

seam::NetResult<std::size_t> Streams::read(Handle handle, Side side, std::span<std::byte> into) {
  PRE_ASSERT(!into.empty(), "a read has room for a byte");
  Connection& connection = *connections_.find(handle);
  End& end = connection.ends[side];
  Pipe& pipe = connection.pipes[other(side)];
  if (end.failure) return no<std::size_t>(*end.failure);
  const std::size_t there = pipe.arrived - pipe.consumed;
  if (there == 0) {
    if (pipe.end_arrived) return no<std::size_t>(seam::NetError::end);
    if (end.writes_fail) return no<std::size_t>(seam::NetError::reset);
    end.read_blocked = true;
    return no<std::size_t>(seam::NetError::would_block);
  }
  const std::size_t count = part_of(std::min(there, into.size()), *end.life, Site::partial_read,
                                    Site::partial_read_size, core_.knobs.partial_read);
  std::memcpy(into.data(), pipe.view(pipe.consumed, pipe.consumed + count).data(), count);
  pipe.consume(count);
  // The sender ran into the window: tell it that there is room again.
  if (pipe.sent < pipe.written) plan_ack(handle, connection, other(side));
  return count;
}

seam::NetResult<std::size_t> Streams::write(Handle handle, Side side, ByteView from) {
  Connection& connection = *connections_.find(handle);
  End& end = connection.ends[side];
  Pipe& pipe = connection.pipes[side];
  if (end.failure) return no<std::size_t>(*end.failure);
  if (end.writes_fail) return no<std::size_t>(seam::NetError::reset);
  if (pipe.end_wanted) return no<std::size_t>(seam::NetError::closed);
  const std::size_t used = pipe.written - pipe.acked;
  const std::size_t room = used < core_.knobs.send_buffer ? core_.knobs.send_buffer - used : 0;
  if (end.phase == End::Phase::connecting || room == 0) {
    end.write_blocked = true;
    return no<std::size_t>(seam::NetError::would_block);
  }
  if (core_.choice.fires(end.life->scope, Site::reset, core_.knobs.reset_per_write)) {
    write(Kind::reset, connection, side, 0, "drawn");
    abort(handle, side);
    return no<std::size_t>(seam::NetError::reset);
  }
  const std::size_t count = part_of(std::min(room, from.size()), *end.life, Site::partial_write,
                                    Site::partial_write_size, core_.knobs.partial_write);
  append(pipe.bytes, from.first(count));
  pipe.written += count;
  pump(handle, connection, side);
  return count;
}

void Streams::shutdown_write(Handle handle, Side side) {
  Connection& connection = *connections_.find(handle);
  connection.pipes[side].end_wanted = true;
  if (connection.ends[side].phase != End::Phase::connecting) pump(handle, connection, side);
}

void Streams::abort(Handle handle, Side side) {
  Connection& connection = *connections_.find(handle);
  End& end = connection.ends[side];
  if (end.failure) return;
  end.failure = seam::NetError::reset;
  static_cast<void>(core_.queue.cancel(connection.pipes[side].patience));
  send_reset(handle, connection, other(side), Reset::hard);
}

void Streams::close(Handle handle, Side side) {
  Connection& connection = *connections_.find(handle);
  End& end = connection.ends[side];
  write(Kind::closed, connection, side, 0);
  if (end.phase == End::Phase::connecting) {
    end.failure = seam::NetError::closed;
    send_reset(handle, connection, other(side), Reset::hard);
  } else {
    shutdown_write(handle, side);
  }
  let_go(handle, connection, side);
}

seam::Endpoint Streams::endpoint(Handle handle, Side side) {
  const End& end = connections_.find(handle)->ends[side];
  return {links_.name(end.host), end.port};
}

}  // namespace pre::sim
