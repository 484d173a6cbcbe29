// Details of the handshake; its plays are in tests/script/handshake.
#include <catch2/catch.hpp>

#include "handshake.hpp"

namespace pre::remoting {
namespace {

Identity node(std::string name, std::uint64_t life) {
  return {.node = std::move(name), .incarnation = Incarnation{life}, .cluster = "blue"};
}

// All that one end writes first, and then in answer to the other's bytes.
Bytes first_bytes(Handshake& handshake) {
  HandshakeOutputs out;
  handshake.step({Instant{}, {}}, out);
  return out.write;
}

TEST_CASE("a handshake goes on byte by byte", "[remoting]") {
  Handshake dialler(node("n1", 1), Role::dialler, "n2", Instant{});
  Handshake acceptor(node("n2", 2), Role::acceptor, {}, Instant{});
  HandshakeOutputs out;

  for (const std::byte byte : first_bytes(dialler)) {
    REQUIRE_FALSE(out.accepted);
    acceptor.step({Instant{1s}, {&byte, 1}}, out);
  }

  REQUIRE(out.accepted);
  CHECK(*out.accepted == Peer{"n1", Incarnation{1}, 1, frame_body_max_default});
}

TEST_CASE("what follows the hello is left for the frames after it", "[remoting]") {
  Handshake dialler(node("n1", 1), Role::dialler, "n2", Instant{});
  Handshake acceptor(node("n2", 2), Role::acceptor, {}, Instant{});
  Bytes bytes = first_bytes(dialler);
  const std::size_t hello = bytes.size();
  dialler.writer().append_frame(FrameKind::ping, Bytes(1000), bytes);

  HandshakeOutputs out;
  acceptor.step({Instant{}, bytes}, out);

  REQUIRE(out.accepted);
  CHECK(out.consumed == hello);
  ByteView rest = ByteView(bytes).subspan(out.consumed);
  const std::optional<Frame> frame = acceptor.reader().next(rest);
  REQUIRE(frame);
  CHECK(frame->sequence == 1);
}

TEST_CASE("before the hello is accepted no frame may be larger than a hello", "[remoting]") {
  Handshake acceptor(node("n2", 2), Role::acceptor, {}, Instant{});
  Bytes bytes;
  append_preamble({}, bytes);
  FrameWriter().append_frame(FrameKind::hello, Bytes(hello_body_max + 1), bytes);

  HandshakeOutputs out;
  acceptor.step({Instant{}, bytes}, out);

  REQUIRE(out.refused);
  CHECK(out.refused->reason == CloseReason::bad_length);
}

TEST_CASE("only a hello may come first", "[remoting]") {
  Handshake acceptor(node("n2", 2), Role::acceptor, {}, Instant{});
  Bytes bytes;
  append_preamble({}, bytes);
  FrameWriter().append_frame(FrameKind::envelope, {}, bytes);

  HandshakeOutputs out;
  acceptor.step({Instant{}, bytes}, out);

  REQUIRE(out.refused);
  CHECK(out.refused->reason == CloseReason::unexpected_frame);
  CHECK(out.refused->text == "envelope where a hello was due");
}

TEST_CASE("a hello that is reflected is recognised by its role", "[remoting]") {
  Handshake dialler(node("n1", 1), Role::dialler, {}, Instant{});
  const Bytes bytes = first_bytes(dialler);

  HandshakeOutputs out;
  dialler.step({Instant{}, bytes}, out);

  REQUIRE(out.refused);
  CHECK(out.refused->reason == CloseReason::malformed_hello);
  CHECK(out.refused->text == "both sides say dialler");
}

TEST_CASE("a peer that accepts only tiny frames is refused", "[remoting]") {
  Handshake acceptor(node("n2", 2), Role::acceptor, {}, Instant{});
  Bytes bytes;
  append_preamble({}, bytes);
  const WireHello hello{.node = "n1",
                        .incarnation = Incarnation{1},
                        .cluster = "blue",
                        .role = Role::dialler,
                        .max_frame = hello_body_max - 1};
  FrameWriter().append_frame(FrameKind::hello, encode(hello), bytes);

  HandshakeOutputs out;
  acceptor.step({Instant{}, bytes}, out);

  REQUIRE(out.refused);
  CHECK(out.refused->reason == CloseReason::malformed_hello);
}

TEST_CASE("a hello in its last moment is accepted, and none is refused then", "[remoting]") {
  Handshake dialler(node("n1", 1), Role::dialler, "n2", Instant{});
  const Bytes bytes = first_bytes(dialler);
  Handshake in_time(node("n2", 2), Role::acceptor, {}, Instant{});
  Handshake late(node("n2", 2), Role::acceptor, {}, Instant{});
  CHECK(late.deadline() == Instant{hello_within});

  HandshakeOutputs accepted;
  in_time.step({Instant{hello_within}, bytes}, accepted);
  HandshakeOutputs refused;
  late.step({Instant{hello_within}, ByteView(bytes).first(20)}, refused);

  CHECK(accepted.accepted);
  REQUIRE(refused.refused);
  CHECK(refused.refused->reason == CloseReason::handshake_timeout);
}

}  // namespace
}  // namespace pre::remoting
