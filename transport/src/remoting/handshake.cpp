#include "handshake.hpp"

#include <algorithm>
#include <utility>

#include <preordain/base/assert.hpp>

namespace pre::remoting {
namespace {

std::string range_text(VersionRange range) {
  return std::to_string(range.min) + ".." + std::to_string(range.max);
}

}  // namespace

Handshake::Handshake(Identity self, Role role, std::string expected, Instant now)
    : self_(std::move(self)),
      role_(role),
      expected_(std::move(expected)),
      deadline_(saturating_add(now, hello_within)) {
  PRE_ASSERT(self_.incarnation, "a node knows which life it is");
  PRE_ASSERT(self_.max_frame >= hello_body_max, "less than a hello is no limit");
  PRE_ASSERT(self_.max_frame <= frame_body_max_ceiling, "more than the ceiling is not allowed");
}

void Handshake::step(const HandshakeInput& input, HandshakeOutputs& out) {
  PRE_ASSERT(!out.accepted && !out.refused, "a handshake has one outcome");
  if (!begun_) begin(out);
  ByteView rest = input.received;
  read(rest, out);
  out.consumed += input.received.size() - rest.size();
  if (!out.accepted && !out.refused && input.now >= deadline_) {
    refuse({CloseReason::handshake_timeout, "no hello in time"}, out);
  }
}

void Handshake::begin(HandshakeOutputs& out) {
  begun_ = true;
  if (role_ == Role::acceptor) return;
  append_preamble(self_.versions, out.write);
  write_hello(out);
}

void Handshake::read(ByteView& input, HandshakeOutputs& out) {
  if (!preamble_done_ && !read_preamble(input, out)) return;
  const std::optional<Frame> frame = reader_.next(input);
  if (frame) return take_frame(*frame, out);
  if (reader_.error()) refuse(*reader_.error(), out);
}

bool Handshake::read_preamble(ByteView& input, HandshakeOutputs& out) {
  const PreambleReader::Progress progress = preamble_.read(input);
  if (progress == PreambleReader::Progress::more) return false;
  if (progress == PreambleReader::Progress::refused) {
    // Whoever this is would not understand a word of us.
    out.refused = Closed{CloseReason::bad_magic, "the other side does not speak this protocol"};
    return false;
  }
  preamble_done_ = true;
  if (role_ == Role::acceptor) append_preamble(self_.versions, out.write);
  const std::optional<std::uint8_t> version = common_version(self_.versions, preamble_.theirs());
  if (!version) {
    // No frame would be understood; our preamble says what we could have spoken.
    out.refused = Closed{CloseReason::version_mismatch, "we speak " + range_text(self_.versions) +
                                                            ", the other side " +
                                                            range_text(preamble_.theirs())};
    return false;
  }
  version_ = *version;
  return true;
}

void Handshake::take_frame(const Frame& frame, HandshakeOutputs& out) {
  if (frame.kind == FrameKind::hello_reject && role_ == Role::dialler) {
    const Result<WireFarewell> farewell = decode_farewell(frame.body);
    out.refused = Closed{CloseReason::rejected,
                         farewell ? text_of(*farewell) : std::string("for a reason not readable")};
    return;
  }
  if (frame.kind != FrameKind::hello) {
    return refuse({CloseReason::unexpected_frame,
                   std::string(name_of(frame.kind)) + " where a hello was due"},
                  out);
  }
  const Result<WireHello> hello = decode_hello(frame.body);
  if (!hello) return refuse({CloseReason::malformed_hello, hello.error().detail}, out);
  take_hello(*hello, out);
}

void Handshake::take_hello(const WireHello& hello, HandshakeOutputs& out) {
  std::optional<Closed> closed = objection(hello);
  if (closed) return refuse(std::move(*closed), out);
  if (role_ == Role::acceptor) write_hello(out);
  const std::uint32_t max_frame = std::min(self_.max_frame, hello.max_frame);
  reader_.set_body_max(max_frame);
  out.accepted = Peer{hello.node, hello.incarnation, version_, max_frame};
}

std::optional<Closed> Handshake::objection(const WireHello& hello) const {
  if (hello.role == role_) {
    return Closed{CloseReason::malformed_hello, "both sides say " + std::string(name_of(role_))};
  }
  if (hello.cluster != self_.cluster) {
    return Closed{CloseReason::wrong_cluster,
                  "our cluster is " + self_.cluster + ", not " + hello.cluster};
  }
  if (hello.node == self_.node) {
    const bool same_life = hello.incarnation == self_.incarnation;
    return Closed{CloseReason::self_connection, same_life
                                                    ? "this is the node itself"
                                                    : "another node has our name, " + self_.node};
  }
  if (!expected_.empty() && hello.node != expected_) {
    return Closed{CloseReason::wrong_node, "dialled " + expected_ + " and reached " + hello.node};
  }
  if (!hello.incarnation) return Closed{CloseReason::bad_incarnation, "incarnation 0"};
  if (hello.max_frame < hello_body_max) {
    return Closed{CloseReason::malformed_hello,
                  "a frame limit of " + std::to_string(hello.max_frame) + " bytes"};
  }
  return std::nullopt;
}

void Handshake::write_hello(HandshakeOutputs& out) {
  const WireHello hello{.node = self_.node,
                        .incarnation = self_.incarnation,
                        .cluster = self_.cluster,
                        .role = role_,
                        .max_frame = self_.max_frame};
  writer_.append_frame(FrameKind::hello, encode(hello), out.write);
}

void Handshake::refuse(Closed closed, HandshakeOutputs& out) {
  // Before the preamble was seen we say nothing. The dialler has already said hello: its way to
  // refuse is goodbye.
  if (preamble_done_) {
    const FrameKind kind = role_ == Role::acceptor ? FrameKind::hello_reject : FrameKind::goodbye;
    writer_.append_frame(kind, encode(farewell_of(closed)), out.write);
  }
  out.refused = std::move(closed);
}

}  // namespace pre::remoting
