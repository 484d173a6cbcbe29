// Details of the association and its books; its plays are in tests/script/association.
#include <catch2/catch.hpp>

#include "association.hpp"
#include "outbox.hpp"

namespace pre::remoting {
namespace {

// An association whose peer is played by the test.
class Fixture {
 public:
  explicit Fixture(OutboxLimits limits = {})
      : association_({.self = {.node = "n1", .incarnation = Incarnation{1}, .cluster = "blue"},
                      .peer = "n2",
                      .limits = limits}) {}

  AssociationOutputs& step(decltype(AssociationInput::event) event) {
    out.clear();
    association_.step({.now = now, .random = 0, .event = std::move(event)}, out);
    return out;
  }

  AssociationOutputs& hear(FrameKind kind, const Bytes& body) {
    Bytes bytes;
    peer_.append_frame(kind, body, bytes);
    return step(link::Received{bytes});
  }

  // Sends one tell to be dialled, and says hello.
  AssociationOutputs& bring_up() {
    step(tell(1));
    step(link::Connected{});
    Bytes bytes;
    append_preamble({}, bytes);
    const WireHello hello{.node = "n2",
                          .incarnation = Incarnation{7},
                          .cluster = "blue",
                          .role = Role::acceptor,
                          .max_frame = frame_body_max_default};
    peer_.append_frame(FrameKind::hello, encode(hello), bytes);
    return step(link::Received{bytes});
  }

  static Send tell(std::size_t size) { return message(0, size); }
  static Send message(std::uint64_t ask_id, std::size_t size) {
    WireEnvelope envelope{.target = "/user/ada",
                          .target_uid = {},
                          .type = "Note",
                          .payload = Bytes(size),
                          .ask_id = ask_id};
    return {.envelope = encode(envelope).value(), .ask_id = ask_id, .deadline = never, .peer = {}};
  }

  LinkState state() const { return association_.state(); }
  const Outbox& outbox() const { return association_.outbox(); }

  Instant now{};
  AssociationOutputs out;

 private:
  Association association_;
  FrameWriter peer_;
};

// A driver that is restarted begins with a new machine: its numbers must not begin again, or the
// peer would take everything for old and drop it.
TEST_CASE("REM-1 messages are numbered after those of a machine before", "[remoting]") {
  Outbox outbox({}, 41);
  std::vector<FailedSend> failed;

  outbox.accept(Fixture::tell(1), failed);

  REQUIRE(outbox.hand_over().number == 42);
}

TEST_CASE("no more is handed over than the stream keeps up with", "[remoting]") {
  Fixture f;
  f.bring_up();

  for (int i = 0; i < 10; ++i) f.step(Fixture::tell(20'000));
  // The writes of 80 kB are above the mark, those of 60 kB were not.
  CHECK(f.outbox().queued_messages() == 6);

  f.step(link::Writable{unwritten_bytes_high});
  CHECK(f.outbox().queued_messages() == 6);
  f.step(link::Writable{unwritten_bytes_high - 1});
  CHECK(f.outbox().queued_messages() == 5);
  f.step(link::Writable{0});
  CHECK(f.outbox().queued_messages() == 1);
}

TEST_CASE("what was not handed over survives the connection", "[remoting]") {
  Fixture f;
  f.bring_up();
  for (int i = 0; i < 10; ++i) f.step(Fixture::tell(20'000));

  f.step(link::Disconnected{seam::NetError::reset});

  CHECK(f.out.possibly_lost == 5);
  CHECK(f.outbox().queued_messages() == 6);
  CHECK(f.out.failed.empty());
}

TEST_CASE("a pong proves the tells before its ping, and only those", "[remoting]") {
  Fixture f;
  f.bring_up();
  f.step(Fixture::tell(1));
  f.now += ping_after;
  f.step(link::Tick{});
  f.step(Fixture::tell(1));
  f.hear(FrameKind::pong, encode_pong(1));

  f.step(link::Disconnected{seam::NetError::reset});

  CHECK(f.out.possibly_lost == 1);
}

TEST_CASE("a frame that does not end is not waited for", "[remoting]") {
  Fixture f;
  f.bring_up();
  Bytes bytes;
  FrameWriter writer;
  writer.append_frame(FrameKind::hello, {}, bytes);
  bytes.clear();
  writer.append_frame(FrameKind::reply, Bytes(1000), bytes);
  // One byte every second: never silent, never done.
  std::size_t at = 0;
  while (f.state() == LinkState::up && at < 100) {
    f.step(link::Received{ByteView(bytes).subspan(at++, 1)});
    f.now += 1s;
  }

  CHECK(at == 11);
  REQUIRE(f.out.close);
  CHECK(f.out.close->reason == CloseReason::progress_timeout);
}

TEST_CASE("frames that only the dialling side sends end the connection", "[remoting]") {
  for (FrameKind kind :
       {FrameKind::hello, FrameKind::hello_reject, FrameKind::envelope, FrameKind::ping}) {
    Fixture f;
    f.bring_up();

    f.hear(kind, {});

    REQUIRE(f.out.close);
    CHECK(f.out.close->reason == CloseReason::unexpected_frame);
    CHECK(f.state() == LinkState::backing_off);
  }
}

TEST_CASE("a reply that is none ends the connection", "[remoting]") {
  Fixture f;
  f.bring_up();

  f.hear(FrameKind::reply, {});

  REQUIRE(f.out.close);
  CHECK(f.out.close->reason == CloseReason::malformed_message);
}

TEST_CASE("an ask ends at its deadline although it was handed over", "[remoting]") {
  Fixture f;
  f.bring_up();
  Send ask = Fixture::message(5, 1);
  ask.deadline = f.now + 1s;
  f.step(std::move(ask));
  CHECK(f.out.next_deadline == Instant{1s});

  f.now += 1s;
  f.step(link::Tick{});

  REQUIRE(f.out.failed.size() == 1);
  CHECK(f.out.failed[0].ask_id == 5);
  CHECK(f.out.failed[0].error == Error(Errc::timeout, "no reply in time"));
  CHECK(f.out.failed[0].envelope.empty());

  f.hear(FrameKind::reply, encode(WireReply{5, {}, {}}));
  CHECK(f.out.replies.empty());
  CHECK(f.out.late_replies == 1);
}

TEST_CASE("a message that is late already is never sent", "[remoting]") {
  Fixture f;
  f.bring_up();
  f.now += 1s;
  Send late = Fixture::message(5, 1);
  late.deadline = f.now;

  f.step(std::move(late));

  CHECK(f.out.write.empty());
  REQUIRE(f.out.failed.size() == 1);
  CHECK(f.out.failed[0].error.code == Errc::timeout);
  CHECK_FALSE(f.out.failed[0].envelope.empty());
}

TEST_CASE("Stop settles everything at once, for good", "[remoting]") {
  Fixture f;
  f.bring_up();
  f.step(Fixture::message(1, 1));
  f.step(Fixture::tell(70'000));
  f.step(Fixture::message(2, 1));
  f.step(Fixture::tell(1));

  f.step(link::Stop{"the system stops"});

  REQUIRE(f.out.failed.size() == 3);
  CHECK(f.out.failed[0].ask_id == 1);
  CHECK(f.out.failed[0].error.code == Errc::unreachable);
  CHECK(f.out.failed[1].ask_id == 2);
  CHECK(f.out.failed[1].error.code == Errc::shutting_down);
  CHECK(f.out.failed[2].ask_id == 0);
  CHECK(f.out.possibly_lost == 2);
  CHECK(f.out.next_deadline == never);
  CHECK(f.outbox().open_asks() == 0);
  CHECK(f.outbox().queued_bytes() == 0);

  f.step(link::Stop{"again"});
  CHECK_FALSE(f.out.close);
  CHECK(f.out.events.empty());
}

TEST_CASE("waits double up to a limit, and start over after a reset", "[remoting]") {
  Backoff backoff;
  Duration expected = backoff_first;
  for (int i = 0; i < 20; ++i) {
    const Duration wait = backoff.next(0);
    CHECK(wait == expected);
    expected = std::min(expected * 2, backoff_last);
  }
  const Duration shortest = backoff.next(~std::uint64_t{0});
  CHECK(shortest > backoff_last / 2 - 1us);
  CHECK(shortest <= backoff_last / 2 + 1us);
  backoff.reset();
  CHECK(backoff.next(0) == backoff_first);
}

TEST_CASE("messages expire in the order of their deadlines", "[remoting]") {
  Outbox outbox({});
  std::vector<FailedSend> failed;
  for (std::uint64_t id : {1, 2, 3}) {
    Send send = Fixture::message(id, 1);
    send.deadline = Instant{Duration(10 - static_cast<std::int64_t>(id))};
    outbox.accept(std::move(send), failed);
  }
  CHECK(outbox.next_deadline() == Instant{Duration(7)});

  outbox.expire(Instant{Duration(8)}, failed);

  REQUIRE(failed.size() == 2);
  CHECK(failed[0].ask_id == 3);
  CHECK(failed[1].ask_id == 2);
  CHECK(outbox.queued_messages() == 1);
  CHECK(outbox.open_asks() == 1);
}

}  // namespace
}  // namespace pre::remoting
