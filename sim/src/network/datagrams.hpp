// Datagrams: each may be lost, doubled or late. Those that are none of it keep the order of their
// link. A cut loses them; nobody is told.
#pragma once

#include <map>
#include <optional>
#include <utility>

#include <preordain/base/bytes.hpp>
#include <preordain/seam/network.hpp>

#include "life.hpp"
#include "network/links.hpp"
#include "ring.hpp"
#include "slots.hpp"

namespace pre::sim {

class Datagrams final : private Happening {
 public:
  // The largest payload of a UDP datagram over IPv4.
  static constexpr std::size_t bytes_max = 65'507;

  Datagrams(Core& core, Links& links) : core_(core), links_(links) {}
  void clear();

  // Nothing if the port is taken.
  std::optional<Handle> open(Life& life, std::uint16_t port, seam::Wake& wake);
  void close(Handle socket);
  std::uint16_t port(Handle socket) { return sockets_.find(socket)->port; }
  seam::NetResult<void> send(Handle socket, const seam::Endpoint& to, ByteView bytes);
  seam::NetResult<seam::Datagram::Received> receive(Handle socket, std::span<std::byte> into);

  void life_ended(const Life& life);

 private:
  struct Packet {
    NodeId from = no_node;
    NodeId to = no_node;
    std::uint16_t from_port = 0;
    std::uint16_t to_port = 0;
    Bytes bytes;
    void recycle() { bytes.clear(); }
  };
  struct Socket {
    Life* life = nullptr;
    std::uint16_t port = 0;
    Waker waker;
    bool blocked = true;  // the first datagram wakes, asked for or not
    Ring<Handle> queue;   // packets that arrived
    void recycle() {
      life = nullptr;
      port = 0;
      waker.detach();
      blocked = true;
      queue.clear();
    }
  };

  void happen(std::uint64_t argument) override;
  enum class Order : std::uint8_t { kept, broken };
  void launch(Handle socket, NodeId to, std::uint16_t port, ByteView bytes, Order order);
  void arrive(Handle handle, Packet& packet);
  void lose(NodeId at, ByteView bytes, std::string_view why);

  Core& core_;
  Links& links_;
  Slots<Socket> sockets_;
  Slots<Packet> packets_;
  std::map<std::pair<NodeId, std::uint16_t>, Handle> ports_;
};

}  // namespace pre::sim
