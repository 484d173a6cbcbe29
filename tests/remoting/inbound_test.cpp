// The accepted side of a connection.
#include <catch2/catch.hpp>

#include "inbound.hpp"

namespace pre::remoting {
namespace {

// An inbound connection whose dialler, n1, is played by the test.
class Fixture {
 public:
  explicit Fixture(InboundLimits limits = {}, std::uint32_t max_frame = frame_body_max_default)
      : inbound_({.node = "n2",
                  .incarnation = Incarnation{2},
                  .cluster = "blue",
                  .max_frame = max_frame},
                 Instant{}, limits) {}

  InboundOutputs& step(decltype(InboundInput::event) event) {
    out.clear();
    inbound_.step({.now = now, .event = std::move(event)}, out);
    return out;
  }

  Bytes frame(FrameKind kind, const Bytes& body) {
    Bytes out_bytes;
    dialler_.append_frame(kind, body, out_bytes);
    return out_bytes;
  }

  InboundOutputs& hear(FrameKind kind, const Bytes& body) {
    const Bytes bytes = frame(kind, body);
    return step(link::Received{bytes});
  }

  Bytes hello() {
    Bytes bytes;
    append_preamble({}, bytes);
    const WireHello hello{.node = "n1",
                          .incarnation = Incarnation{1},
                          .cluster = "blue",
                          .role = Role::dialler,
                          .max_frame = frame_body_max_default};
    append(bytes, frame(FrameKind::hello, encode(hello)));
    return bytes;
  }

  InboundOutputs& bring_up() {
    const Bytes bytes = hello();
    step(link::Received{bytes});
    ByteView written = out.write;
    PreambleReader preamble;
    preamble.read(written);
    REQUIRE(reader_.next(written));
    return out;
  }

  // The envelope as an association would have handed it over.
  static Bytes envelope(std::uint64_t sequence, std::uint64_t ask_id, Duration remaining = {}) {
    WireEnvelope envelope{.target = "/user/ada",
                          .target_uid = ActorUid{9},
                          .type = "Note",
                          .payload = {},
                          .ask_id = ask_id};
    Bytes bytes = encode(envelope).value();
    append_hand_over(bytes, remaining, sequence);
    return bytes;
  }

  std::vector<Frame> written() {
    std::vector<Frame> frames;
    ByteView bytes = out.write;
    while (std::optional<Frame> next = reader_.next(bytes)) frames.push_back(*std::move(next));
    return frames;
  }

  LinkState state() const { return inbound_.state(); }
  std::size_t open_asks() const { return inbound_.open_asks(); }

  Instant now{};
  InboundOutputs out;

 private:
  Inbound inbound_;
  FrameWriter dialler_;
  FrameReader reader_{frame_body_max_ceiling};
};

CloseReason reason_of(const InboundOutputs& out) {
  REQUIRE(out.close);
  return out.close->reason;
}

TEST_CASE("an inbound connection delivers envelopes and gives back replies", "[remoting]") {
  Fixture f;
  f.bring_up();
  CHECK(f.out.met == Peer{"n1", Incarnation{1}, 1, frame_body_max_default});
  f.now += 3s;

  f.hear(FrameKind::envelope, Fixture::envelope(1, 4, 10s));
  REQUIRE(f.out.deliveries.size() == 1);
  CHECK(f.out.deliveries[0].envelope.target == "/user/ada");
  CHECK(f.out.deliveries[0].envelope.target_uid == ActorUid{9});
  CHECK(f.out.deliveries[0].deadline == Instant{13s});

  f.step(WireReply{4, {}, Error(Errc::refused, "no")});
  const std::vector<Frame> frames = f.written();
  REQUIRE(frames.size() == 1);
  CHECK(frames[0].kind == FrameKind::reply);
  CHECK(decode_reply(frames[0].body).value().error == Error(Errc::refused, "no"));
  CHECK(f.open_asks() == 0);
}

TEST_CASE("a tell has no deadline and wants no reply", "[remoting]") {
  Fixture f;
  f.bring_up();

  f.hear(FrameKind::envelope, Fixture::envelope(1, 0));

  REQUIRE(f.out.deliveries.size() == 1);
  CHECK(f.out.deliveries[0].deadline == never);
  CHECK(f.open_asks() == 0);
}

TEST_CASE("a hello and envelopes may come in one piece", "[remoting]") {
  Fixture f;
  Bytes bytes = f.hello();
  append(bytes, f.frame(FrameKind::envelope, Fixture::envelope(1, 0)));
  append(bytes, f.frame(FrameKind::envelope, Fixture::envelope(2, 0)));

  f.step(link::Received{bytes});

  CHECK(f.out.met);
  CHECK(f.out.deliveries.size() == 2);
}

TEST_CASE("a reply to an ask that is not open is dropped and counted", "[remoting]") {
  Fixture f;
  f.bring_up();
  f.hear(FrameKind::envelope, Fixture::envelope(1, 4));
  f.step(WireReply{4, {}, {}});

  f.step(WireReply{4, {}, {}});

  CHECK(f.out.dropped_replies == 1);
  CHECK(f.out.write.empty());
}

TEST_CASE("a ping is answered at once with its nonce", "[remoting]") {
  Fixture f;
  f.bring_up();

  f.hear(FrameKind::ping, encode_ping(77));

  const std::vector<Frame> frames = f.written();
  REQUIRE(frames.size() == 1);
  CHECK(frames[0].kind == FrameKind::pong);
  CHECK(decode_pong(frames[0].body).value() == 77);
}

TEST_CASE("a number that does not rise, or an ask that is open, is not accepted", "[remoting]") {
  Fixture again;
  again.bring_up();
  again.hear(FrameKind::envelope, Fixture::envelope(5, 0));
  again.hear(FrameKind::envelope, Fixture::envelope(5, 0));
  CHECK(reason_of(again.out) == CloseReason::malformed_message);
  CHECK(again.out.deliveries.empty());

  Fixture twice;
  twice.bring_up();
  twice.hear(FrameKind::envelope, Fixture::envelope(5, 1));
  twice.hear(FrameKind::envelope, Fixture::envelope(6, 1));
  CHECK(reason_of(twice.out) == CloseReason::malformed_message);
}

TEST_CASE("a peer with too many open asks is told so", "[remoting]") {
  Fixture f({.asks = 1, .unwritten_bytes = unwritten_bytes_max});
  f.bring_up();
  f.hear(FrameKind::envelope, Fixture::envelope(1, 1));

  f.hear(FrameKind::envelope, Fixture::envelope(2, 2));

  CHECK(f.out.deliveries.empty());
  const std::vector<Frame> frames = f.written();
  REQUIRE(frames.size() == 1);
  CHECK(decode_reply(frames[0].body).value().error->code == Errc::mailbox_full);
  CHECK(f.open_asks() == 1);
}

TEST_CASE("a reply larger than a frame becomes an error", "[remoting]") {
  Fixture f({}, 1000);
  f.bring_up();
  f.hear(FrameKind::envelope, Fixture::envelope(1, 1));

  f.step(WireReply{1, Bytes(1000), {}});

  const std::vector<Frame> frames = f.written();
  REQUIRE(frames.size() == 1);
  CHECK(decode_reply(frames[0].body).value().error->code == Errc::not_serializable);
}

TEST_CASE("a peer that does not read its replies is cut off", "[remoting]") {
  Fixture f({.asks = asks_max, .unwritten_bytes = 1000});
  f.bring_up();
  f.step(link::Writable{0});
  f.hear(FrameKind::envelope, Fixture::envelope(1, 1));
  f.hear(FrameKind::envelope, Fixture::envelope(2, 2));
  f.step(WireReply{1, Bytes(800), {}});
  CHECK_FALSE(f.out.close);

  f.step(WireReply{2, Bytes(800), {}});

  CHECK(reason_of(f.out) == CloseReason::write_overflow);
}

TEST_CASE("no hello, silence, or a frame that does not end closes the connection", "[remoting]") {
  Fixture mute;
  mute.step(link::Tick{});
  CHECK(mute.out.next_deadline == Instant{5s});
  mute.now += 5s;
  mute.step(link::Tick{});
  CHECK(reason_of(mute.out) == CloseReason::handshake_timeout);

  Fixture silent;
  silent.bring_up();
  CHECK(silent.out.next_deadline == Instant{15s});
  silent.now += 15s;
  silent.step(link::Tick{});
  CHECK(reason_of(silent.out) == CloseReason::idle_timeout);

  Fixture slow;
  slow.bring_up();
  const Bytes bytes = slow.frame(FrameKind::ping, Bytes(100));
  slow.step(link::Received{ByteView(bytes).first(20)});
  CHECK(slow.out.next_deadline == Instant{10s});
  slow.now += 10s;
  slow.step(link::Tick{});
  CHECK(reason_of(slow.out) == CloseReason::progress_timeout);
}

TEST_CASE("after the end nothing has an effect", "[remoting]") {
  Fixture f;
  f.bring_up();
  f.hear(FrameKind::envelope, Fixture::envelope(1, 1));
  f.hear(FrameKind::goodbye, encode(WireFarewell{RejectReason::shutting_down, "bye"}));
  CHECK(reason_of(f.out) == CloseReason::peer_goodbye);
  CHECK(f.out.write.empty());
  CHECK(f.out.next_deadline == never);

  f.step(WireReply{1, {}, {}});
  CHECK(f.out.dropped_replies == 1);
  f.hear(FrameKind::envelope, Fixture::envelope(2, 0));
  CHECK(f.out.deliveries.empty());
  f.step(link::Disconnected{seam::NetError::reset});
  CHECK_FALSE(f.out.close);
}

TEST_CASE("frames that only the accepting side sends end the connection", "[remoting]") {
  for (FrameKind kind :
       {FrameKind::hello, FrameKind::hello_reject, FrameKind::reply, FrameKind::pong}) {
    Fixture f;
    f.bring_up();

    f.hear(kind, {});

    CHECK(reason_of(f.out) == CloseReason::unexpected_frame);
    const std::vector<Frame> frames = f.written();
    REQUIRE(frames.size() == 1);
    CHECK(frames[0].kind == FrameKind::goodbye);
  }
}

TEST_CASE("Stop says goodbye to whom we know, and nothing to whom we do not", "[remoting]") {
  Fixture known;
  known.bring_up();
  known.step(link::Stop{"the system stops"});
  CHECK(known.written().size() == 1);
  CHECK(reason_of(known.out) == CloseReason::stopped);

  Fixture unknown;
  unknown.step(link::Stop{"the system stops"});
  CHECK(unknown.out.write.empty());
  CHECK(reason_of(unknown.out) == CloseReason::stopped);
}

}  // namespace
}  // namespace pre::remoting
