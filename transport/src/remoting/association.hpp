// This node's side of its messages to one other node: a queue, and a connection that comes and
// goes. A pure machine: what happened and what time it is in, bytes and verdicts out.
//
//                Send                Connected                  hello accepted
//        idle ---------> connecting -----------> handshaking --------------------> up
//         ^                  |  refused, timeout      | refused, broken             | broken,
//         silent, |                  v                        v                             v
//         goodbye
//         +----------- backing_off <----------------------------------------------- +
//    nothing queued          |  waited, something queued
//                            +-----------> connecting            Stop: closed, from everywhere
//
// Promises. Messages arrive in the order in which they were sent, or not at all; never twice. What
// was handed to a connection that then broke is not sent again: an ask fails with `unreachable`, a
// tell counts as possibly lost unless a later reply or pong proved it. What was not handed over
// waits for the next connection, until its deadline. The queue is bounded. A message meant for one
// life of the peer is not given to another.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <preordain/base/bytes.hpp>
#include <preordain/base/duration.hpp>
#include <preordain/base/ids.hpp>

#include "backoff.hpp"
#include "envelope_codec.hpp"
#include "handshake.hpp"
#include "link.hpp"
#include "outbox.hpp"

namespace pre::remoting {

namespace link {

struct Connected {};
struct ConnectFailed {
  seam::NetError reason;
};

}  // namespace link

struct AssociationOptions {
  Identity self;
  std::string peer;  // the name of the node at the other end
  OutboxLimits limits{};
  // Greater than every number that this life of the node has given to the peer before: the peer
  // drops what is not newer than the newest it has.
  std::uint64_t numbers_after = 0;
};

struct AssociationInput {
  Instant now{};             // never goes back
  std::uint64_t random = 0;  // 64 uniform bits, fresh for each input
  std::variant<link::Tick, Send, link::Connected, link::ConnectFailed, link::Received,
               link::Disconnected, link::Writable, link::Stop>
      event{};
};

// The peer said hello.
struct PeerMet {
  Peer peer;
  Incarnation before{};  // its last known life; none: the first meeting. Another: fence its refs.
};

struct AssociationOutputs {
  // Open a stream to the peer; then say Connected or ConnectFailed.
  bool dial = false;
  // For the stream, in this order.
  Bytes write;
  // The stream or the attempt is over, for this reason: give it `write` if it still takes bytes,
  // destroy it, count the reason, and say nothing more about it.
  std::optional<Closed> close;
  std::optional<PeerMet> met;
  std::vector<WireReply> replies;  // of asks that were open
  std::vector<FailedSend> failed;
  std::uint64_t possibly_lost = 0;  // tells on a connection that broke
  std::uint64_t late_replies = 0;   // of asks that had ended before
  std::optional<Duration> round_trip;
  std::vector<LinkEvent> events;
  // Step with a Tick at this time, at the latest.
  Instant next_deadline = never;

  // Empty again, with the memory kept.
  void clear();
};

class Association {
 public:
  explicit Association(AssociationOptions options);

  // Appends to `out`, and sets its next_deadline. By value, so that a Send can be moved in.
  void step(AssociationInput input, AssociationOutputs& out);

  LinkState state() const { return state_; }
  const Outbox& outbox() const { return outbox_; }

 private:
  struct Moment {
    Instant now;
    std::uint64_t random;
  };
  struct SentPing {
    std::uint64_t nonce;
    Instant at;
    std::uint64_t tells_before;
  };

  void on(Send& send, Moment moment, AssociationOutputs& out);
  void on(const link::Tick& tick, Moment moment, AssociationOutputs& out);
  void on(const link::Connected& connected, Moment moment, AssociationOutputs& out);
  void on(const link::ConnectFailed& failed, Moment moment, AssociationOutputs& out);
  void on(const link::Received& received, Moment moment, AssociationOutputs& out);
  void on(const link::Disconnected& disconnected, Moment moment, AssociationOutputs& out);
  void on(const link::Writable& writable, Moment moment, AssociationOutputs& out);
  void on(const link::Stop& stop, Moment moment, AssociationOutputs& out);

  void dial(Instant now, AssociationOutputs& out);
  void shake_hands(ByteView& bytes, Moment moment, AssociationOutputs& out);
  void meet(const Peer& peer, Instant now, AssociationOutputs& out);
  void read_frames(ByteView bytes, Moment moment, AssociationOutputs& out);
  std::optional<Closed> take_frame(const Frame& frame, Instant now, AssociationOutputs& out);
  std::optional<Closed> take_reply(const Frame& frame, AssociationOutputs& out);
  std::optional<Closed> take_pong(const Frame& frame, Instant now, AssociationOutputs& out);
  void hand_over(Instant now, AssociationOutputs& out);
  std::optional<Error> obstacle(const Send& send) const;
  void pass_time(Moment moment, AssociationOutputs& out);
  void watch_link(Moment moment, AssociationOutputs& out);
  void ping(Instant now, AssociationOutputs& out);
  void write_frame(FrameKind kind, ByteView body, AssociationOutputs& out);
  void complain(Closed closed, Moment moment, AssociationOutputs& out);
  void end(Closed closed, Moment moment, AssociationOutputs& out);
  void leave(const Closed& closed, AssociationOutputs& out);
  void enter(LinkState state, std::string text, AssociationOutputs& out);
  Instant next_ping() const;
  Instant next_deadline() const;

  AssociationOptions options_;
  LinkState state_ = LinkState::idle;
  Outbox outbox_;
  Backoff backoff_;
  Instant until_ = never;  // connecting: give up; backing_off: try again

  // Of the current connection.
  std::optional<Handshake> handshake_;
  Peer peer_;
  FrameProgress progress_;
  Instant up_since_ = never;
  Instant heard_ = never;
  std::deque<SentPing> pings_;  // without their pongs; few, for silence ends the connection
  std::size_t unwritten_ = 0;

  // Of all connections.
  Incarnation known_life_{};
  std::uint64_t last_nonce_ = 0;
};

}  // namespace pre::remoting
