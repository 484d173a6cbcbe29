// The accepted side of a connection: lets a node in, takes its envelopes, gives back replies. A
// pure machine. One object per accepted stream; it never dials and is gone with its stream.
//
//   handshaking ---- hello accepted ----> up ---- goodbye, broken, silent, Stop ----> closed
//        \------------ refused, late ---------------------------------------------->/
//
// Every envelope with an ask id is delivered once and answered at most once, on this connection;
// replies to asks that are not open here are dropped and counted. A peer that sends asks without
// end is told mailbox_full; one that does not read its replies is cut off.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include <preordain/base/bytes.hpp>
#include <preordain/base/duration.hpp>

#include "envelope_codec.hpp"
#include "handshake.hpp"
#include "link.hpp"

namespace pre::remoting {

struct InboundLimits {
  std::size_t asks = asks_max;
  std::size_t unwritten_bytes = unwritten_bytes_max;
};

struct InboundInput {
  Instant now{};
  std::variant<link::Tick, link::Received, WireReply, link::Disconnected, link::Writable,
               link::Stop>
      event{};
};

// A message for an actor of this node.
struct Delivery {
  WireEnvelope envelope;
  Instant deadline = never;  // after it nobody waits for the reply
};

struct InboundOutputs {
  Bytes write;
  // The stream is over, for this reason: give it `write` if it still takes bytes, destroy it, count
  // the reason. Asks that are open get no reply; dropping their Replies is right.
  std::optional<Closed> close;
  std::optional<Peer> met;
  std::vector<Delivery> deliveries;
  std::uint64_t dropped_replies = 0;
  std::vector<LinkEvent> events;
  Instant next_deadline = never;

  void clear();
};

class Inbound {
 public:
  Inbound(Identity self, Instant now, InboundLimits limits = {});

  // Appends to `out`, and sets its next_deadline.
  void step(const InboundInput& input, InboundOutputs& out);

  LinkState state() const { return state_; }
  std::size_t open_asks() const { return asks_.size(); }

 private:
  void on(const link::Tick& tick, Instant now, InboundOutputs& out);
  void on(const link::Received& received, Instant now, InboundOutputs& out);
  void on(const WireReply& reply, Instant now, InboundOutputs& out);
  void on(const link::Disconnected& lost, Instant now, InboundOutputs& out);
  void on(const link::Writable& writable, Instant now, InboundOutputs& out);
  void on(const link::Stop& stop, Instant now, InboundOutputs& out);

  void shake_hands(ByteView& bytes, Instant now, InboundOutputs& out);
  void read_frames(ByteView bytes, Instant now, InboundOutputs& out);
  std::optional<Closed> take_frame(const Frame& frame, Instant now, InboundOutputs& out);
  std::optional<Closed> take_envelope(const Frame& frame, Instant now, InboundOutputs& out);
  std::optional<Closed> take_ping(const Frame& frame, InboundOutputs& out);
  void write_reply(const WireReply& reply, InboundOutputs& out);
  void write_frame(FrameKind kind, ByteView body, InboundOutputs& out);
  void pass_time(Instant now, InboundOutputs& out);
  void complain(Closed closed, InboundOutputs& out);
  void end(Closed closed, InboundOutputs& out);
  Instant next_deadline() const;

  InboundLimits limits_;
  LinkState state_ = LinkState::handshaking;
  Handshake handshake_;
  Peer peer_;
  FrameProgress progress_;
  Instant heard_;
  std::uint64_t last_sequence_ = 0;
  std::set<std::uint64_t> asks_;  // delivered and not answered
  std::size_t unwritten_ = 0;
};

}  // namespace pre::remoting
