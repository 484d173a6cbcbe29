// The way of a datagram: lost, or launched once or twice; then dropped at the door, or queued.
#include "network/datagrams.hpp"

#include <algorithm>
#include <cstring>

#include <preordain/base/assert.hpp>

namespace pre::sim {

void Datagrams::clear() {
  sockets_.clear();
  packets_.clear();
  ports_.clear();
}

std::optional<Handle> Datagrams::open(Life& life, std::uint16_t port, seam::Wake& wake) {
  if (port == 0) {
    do {
      port = links_.ephemeral_port(life.node);
    } while (ports_.contains({life.node, port}));
  }
  if (ports_.contains({life.node, port})) return std::nullopt;
  const Handle handle = sockets_.acquire();
  Socket& socket = *sockets_.find(handle);
  socket.life = &life;
  socket.port = port;
  socket.waker.attach(life, wake);
  ports_[{life.node, port}] = handle;
  return handle;
}

void Datagrams::close(Handle handle) {
  Socket& socket = *sockets_.find(handle);
  ports_.erase({socket.life->node, socket.port});
  while (!socket.queue.empty()) packets_.release(socket.queue.pop());
  sockets_.release(handle);
}

void Datagrams::life_ended(const Life& life) {
  sockets_.each([&](Handle handle, Socket& socket) {
    if (socket.life == &life) close(handle);
  });
}

seam::NetResult<void> Datagrams::send(Handle handle, const seam::Endpoint& to, ByteView bytes) {
  if (bytes.size() > bytes_max) return tl::make_unexpected(seam::NetError::too_big);
  const std::optional<NodeId> host = links_.find(to.host);
  if (!host || to.port == 0) return tl::make_unexpected(seam::NetError::invalid);
  const NodeId from = sockets_.find(handle)->life->node;
  Scope& scope = links_.link(from, *host).scope;
  const Knobs& knobs = core_.knobs;
  Choice& choice = core_.choice;
  if (choice.fires(scope, Site::datagram_loss, knobs.datagram_loss)) {
    lose(from, bytes, "drawn");
    return {};
  }
  const bool late = choice.fires(scope, Site::datagram_reorder, knobs.datagram_reorder);
  launch(handle, *host, to.port, bytes, late ? Order::broken : Order::kept);
  if (choice.fires(scope, Site::datagram_duplicate, knobs.datagram_duplicate)) {
    launch(handle, *host, to.port, bytes, Order::broken);
  }
  return {};
}

void Datagrams::launch(Handle socket, NodeId to, std::uint16_t port, ByteView bytes, Order order) {
  const Socket& sender = *sockets_.find(socket);
  const NodeId from = sender.life->node;
  const Handle handle = packets_.acquire();
  Packet& packet = *packets_.find(handle);
  packet.from = from;
  packet.to = to;
  packet.from_port = sender.port;
  packet.to_port = port;
  append(packet.bytes, bytes);

  Link& link = links_.link(from, to);
  Instant due = core_.now + links_.latency(from, to);
  if (order == Order::kept) {
    due = std::max(due, link.last_datagram);
    link.last_datagram = due;
  } else {
    due +=
        core_.choice.between(link.scope, Site::datagram_late, 0ns, core_.knobs.datagram_late_max);
  }
  static_cast<void>(core_.queue.plan(
      due, *this, static_cast<std::uint64_t>(handle.generation) << 32 | handle.index));
}

void Datagrams::happen(std::uint64_t argument) {
  const Handle handle{static_cast<std::uint32_t>(argument),
                      static_cast<std::uint32_t>(argument >> 32)};
  Packet* packet = packets_.find(handle);
  PRE_ASSERT(packet != nullptr, "a packet in flight is kept until it arrives");
  arrive(handle, *packet);
}

void Datagrams::arrive(Handle handle, Packet& packet) {
  const auto port = ports_.find({packet.to, packet.to_port});
  Socket* socket = port == ports_.end() ? nullptr : sockets_.find(port->second);
  std::string_view why;
  if (links_.cut(packet.from, packet.to)) {
    why = "cut";
  } else if (socket == nullptr) {
    why = "nobody listens";
  } else if (socket->queue.size() >= core_.knobs.datagram_queue) {
    why = "queue full";
  }
  if (!why.empty()) {
    lose(packet.to, packet.bytes, why);
    packets_.release(handle);
    return;
  }
  socket->life->write(Kind::datagram, packet.from.value, hash_bytes(packet.bytes), {},
                      links_.link(packet.from, packet.to).label);
  socket->queue.push(handle);
  if (!socket->blocked) return;
  socket->blocked = false;
  socket->waker.call();
}

void Datagrams::lose(NodeId at, ByteView bytes, std::string_view why) {
  core_.journal.write({0, core_.now, at, {}, Kind::datagram_lost, 0, hash_bytes(bytes), why, {}});
}

seam::NetResult<seam::Datagram::Received> Datagrams::receive(Handle handle,
                                                             std::span<std::byte> into) {
  Socket& socket = *sockets_.find(handle);
  if (socket.queue.empty()) {
    socket.blocked = true;
    return tl::make_unexpected(seam::NetError::would_block);
  }
  const Handle first = socket.queue.pop();
  const Packet& packet = *packets_.find(first);
  const std::size_t size = std::min(into.size(), packet.bytes.size());
  if (size > 0) std::memcpy(into.data(), packet.bytes.data(), size);
  seam::Datagram::Received received{size, {links_.name(packet.from), packet.from_port}};
  packets_.release(first);
  return received;
}

}  // namespace pre::sim
