// Byte streams: the simulated TCP. Connecting costs a round trip; segments of one direction keep
// their order; buffers are bounded; a blocked path holds segments until it heals or the sender
// loses patience; a dead program's peer reads reset, or end, or hears nothing.
//
//   connect() --syn--> listener --open--> connected        a blocked syn is repeated each second
//   write() --segment--> read()   <--ack-- , <--reset--    acks are events only if someone waits
#pragma once

#include <span>

#include "network/connection.hpp"
#include "network/links.hpp"
#include "network/listeners.hpp"

namespace pre::sim {

class Streams final : private Happening {
 public:
  Streams(Core& core, Links& links) : core_(core), links_(links) {}
  Listeners& listeners() noexcept { return listeners_; }
  void clear();

  // --- what programs do (stream_ops.cpp) ---
  Handle connect(Life& life, const seam::Endpoint& to, seam::Wake& wake);
  // The acceptor's side is always 1.
  std::optional<Handle> accept(Life& life, Handle listener, seam::Wake& wake);
  void close_listener(Handle listener);
  seam::NetResult<std::size_t> read(Handle handle, Side side, std::span<std::byte> into);
  seam::NetResult<std::size_t> write(Handle handle, Side side, ByteView from);
  void shutdown_write(Handle handle, Side side);
  void abort(Handle handle, Side side);
  void close(Handle handle, Side side);
  // Precondition: that side's host is known.
  seam::Endpoint endpoint(Handle handle, Side side);

  // --- what befalls hosts and links (stream_faults.cpp) ---
  void host_started(NodeId host);
  void life_ended(Life& life, Death death);
  void healed(NodeId from, NodeId to);
  void reset_between(NodeId one, NodeId other_host);
  void sever_between(NodeId one, NodeId other_host);

 private:
  enum class What : std::uint8_t {
    syn,
    unknown_host,
    refused,
    too_late,
    arrive,
    ack,
    give_up,
    rst
  };
  enum class Reset : std::uint8_t {
    hard,  // what was not read is lost
    soft,  // the peer only closed: it does not want more
  };

  // --- events (streams.cpp) ---
  static std::uint64_t argument(What what, Handle handle, Side side, Reset kind = Reset::hard);
  void happen(std::uint64_t argument) override;
  void plan(Duration after, What what, Handle handle, Side side, Reset kind = Reset::hard);
  void syn_arrives(Handle handle, Connection& connection);
  void retry_syn(Handle handle, const Connection& connection);
  void connect_failed(Connection& connection, seam::NetError why);
  void reset_arrives(Handle handle, Connection& connection, Side side, Reset kind);
  void send_reset(Handle handle, Connection& connection, Side to, Reset kind);
  void fail(Connection& connection, Side side, seam::NetError why);
  void let_go(Handle handle, Connection& connection, Side side);
  void wake(End& end);
  void write(Kind kind, const Connection& connection, Side side, std::uint64_t digest,
             std::string_view text = {});

  void die(Handle handle, Connection& connection, Side side, Death death);
  // f(Handle, Connection&) for all between two hosts, whoever connected.
  template <class F>
  void between(NodeId one, NodeId other_host, F&& f);

  // --- moving bytes (pipe.cpp) ---
  bool blocked(const Connection& connection, Side from) const;
  void send(Handle handle, Connection& connection, Side from, Segment::Carries carries,
            std::uint64_t up_to);
  void pump(Handle handle, Connection& connection, Side from);
  void move(Handle handle, Connection& connection, Side from);
  void arrive(Handle handle, Connection& connection, Side from);
  void take_in(Handle handle, Connection& connection, Side from, const Segment& segment);
  void hold(Handle handle, Connection& connection, Side from);
  void acknowledge(Handle handle, Connection& connection, Side from);
  void plan_ack(Handle handle, Connection& connection, Side from);
  void ack_arrives(Handle handle, Connection& connection, Side from);
  void give_up(Connection& connection, Side from);
  void go_on(Handle handle, Connection& connection, Side from);
  void be_patient(Handle handle, Connection& connection, Side from);

  Core& core_;
  Links& links_;
  Listeners listeners_;
  Slots<Connection> connections_;
  std::uint64_t connections_made_ = 0;
};

}  // namespace pre::sim
