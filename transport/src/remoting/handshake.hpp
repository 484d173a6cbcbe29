// Who are you? The first moments of a connection, for both ends. A pure machine: bytes and times
// in, bytes and an outcome out.
//
//   dialler                                   acceptor
//     |-- preamble, Hello(dialler) ------------->|   wrong magic, versions: it hangs up
//     |<------------ preamble, Hello(acceptor) --|   or HelloReject(reason), and the end
//   accepted                                  accepted
//
//   preamble --> hello --> accepted
//       \          \---> refused        every state has one deadline: hello_within after the start
//
// Nothing is allocated for a peer before its hello is accepted beyond hello_body_max bytes. The
// dialler checks that it reached the node it wanted; the acceptor that it is not talking to itself.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <preordain/base/bytes.hpp>
#include <preordain/base/duration.hpp>
#include <preordain/base/ids.hpp>

#include "frame.hpp"
#include "hello_codec.hpp"
#include "preamble.hpp"
#include "reasons.hpp"

namespace pre::remoting {

// This node, as it shows itself to others.
struct Identity {
  std::string node;
  Incarnation incarnation{};
  std::string cluster;
  std::uint32_t max_frame = frame_body_max_default;  // hello_body_max..frame_body_max_ceiling
  VersionRange versions{};
};

struct Peer {
  std::string node;
  Incarnation incarnation{};
  std::uint8_t version = 0;
  std::uint32_t max_frame = 0;  // for both directions
  friend bool operator==(const Peer&, const Peer&) = default;
};

struct HandshakeInput {
  Instant now{};
  ByteView received{};  // empty: only time has passed
};

struct HandshakeOutputs {
  Bytes write;               // also after a refusal: write it, then close
  std::size_t consumed = 0;  // of `received`; what is left belongs to the frames that follow
  std::optional<Peer> accepted;
  std::optional<Closed> refused;
};

class Handshake {
 public:
  // `expected`: the node that was dialled; empty if any will do (always so for the acceptor).
  Handshake(Identity self, Role role, std::string expected, Instant now);

  // Appends to `out`. The dialler's first bytes come from the first step, with nothing received.
  // Must not be called after an outcome.
  void step(const HandshakeInput& input, HandshakeOutputs& out);

  Instant deadline() const { return deadline_; }
  // After `accepted`: the reader and writer to go on with, which have counted the hellos and know
  // the negotiated limit.
  FrameReader& reader() { return reader_; }
  FrameWriter& writer() { return writer_; }

 private:
  void begin(HandshakeOutputs& out);
  void read(ByteView& input, HandshakeOutputs& out);
  bool read_preamble(ByteView& input, HandshakeOutputs& out);
  void take_frame(const Frame& frame, HandshakeOutputs& out);
  void take_hello(const WireHello& hello, HandshakeOutputs& out);
  std::optional<Closed> objection(const WireHello& hello) const;
  void write_hello(HandshakeOutputs& out);
  void refuse(Closed closed, HandshakeOutputs& out);

  Identity self_;
  Role role_;
  std::string expected_;
  Instant deadline_;
  bool begun_ = false;
  bool preamble_done_ = false;
  std::uint8_t version_ = 0;
  PreambleReader preamble_;
  FrameReader reader_{hello_body_max};
  FrameWriter writer_;
};

}  // namespace pre::remoting
