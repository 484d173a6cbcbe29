// The messages between nodes: round trips, limits, and what is refused.
#include <catch2/catch.hpp>

#include <preordain/remoting/wire.hpp>

#include "envelope_codec.hpp"
#include "hello_codec.hpp"
#include "text.hpp"

namespace pre::remoting {
namespace {

Bytes bytes(std::string_view text) {
  const ByteView view = as_bytes(text);
  return {view.begin(), view.end()};
}

WireEnvelope some() {
  return {.target = "/user/ada",
          .target_uid = ActorUid{9},
          .type = "bank.Withdraw",
          .payload = bytes("x"),
          .ask_id = 4};
}

TEST_CASE("an envelope comes back as it was sent", "[remoting]") {
  CHECK(decode_envelope(encode(some()).value()).value() == some());
}

TEST_CASE("the hand-over adds the remaining time and the sequence", "[remoting]") {
  Bytes body = encode(some()).value();
  const std::size_t before = body.size();

  append_hand_over(body, Duration::max(), ~std::uint64_t{0});

  WireEnvelope expected = some();
  expected.remaining = Duration::max();
  expected.sequence = ~std::uint64_t{0};
  CHECK(decode_envelope(body).value() == expected);
  CHECK(body.size() - before <= hand_over_bytes_max);
}

TEST_CASE("an envelope without a proper target or type is refused on both sides", "[remoting]") {
  WireEnvelope nowhere = some();
  nowhere.target.clear();
  WireEnvelope far = some();
  far.target.assign(path_bytes_max + 1, 'a');
  WireEnvelope odd = some();
  odd.type = std::string("\xff");

  CHECK(encode(nowhere).error().code == Errc::invalid_argument);
  CHECK(encode(far).error().detail == "the target of 1025 bytes exceeds 1024");
  CHECK(encode(odd).error().detail == "the message type is not UTF-8");
  CHECK(decode_envelope({}).error().code == Errc::not_serializable);
  CHECK(decode_envelope(bytes("\xff\xff")).error().detail == "not an Envelope");
}

TEST_CASE("a negative remaining time is refused", "[remoting]") {
  WireEnvelope late = some();
  late.remaining = Duration(-1);

  CHECK_FALSE(decode_envelope(encode(late).value()).has_value());
}

TEST_CASE("a reply is a payload or an error, and to somebody", "[remoting]") {
  const WireReply yes{3, bytes("done"), {}};
  const WireReply empty{3, {}, {}};
  const WireReply no{3, {}, Error(Errc::refused, "too little")};

  CHECK(decode_reply(encode(yes)).value() == yes);
  CHECK(decode_reply(encode(empty)).value() == empty);
  CHECK(decode_reply(encode(no)).value() == no);
  CHECK(decode_reply(encode(WireReply{})).error().detail == "a reply to no ask");
  CHECK(decode_reply(bytes("\x08\x01")).error().detail == "a reply without an outcome");
}

TEST_CASE("an error's code that we do not know counts as actor_failed", "[remoting]") {
  const WireReply strange{3, {}, Error(static_cast<Errc>(200), "from the future")};

  CHECK(decode_reply(encode(strange)).value().error->code == Errc::actor_failed);
}

TEST_CASE("an error's text cannot break the connection", "[remoting]") {
  const WireReply binary{3, {}, Error(Errc::refused, "a\xff\nb")};
  const WireReply endless{3, {}, Error(Errc::refused, std::string(10'000, 'x'))};

  CHECK(decode_reply(encode(binary)).value().error->detail == "a??b");
  CHECK(decode_reply(encode(endless)).value().error->detail.size() == error_text_bytes_max);
}

TEST_CASE("text is cut between characters, not in them", "[remoting]") {
  CHECK(clean_text("Gr\xc3\xbc\xc3\x9f", 3) == "Gr");
  CHECK(clean_text("Gr\xc3\xbc\xc3\x9f", 4) == "Gr\xc3\xbc");
  CHECK(is_utf8("\xf0\x9f\x98\x80"));
  CHECK_FALSE(is_utf8("\xc0\xaf"));
  CHECK_FALSE(is_utf8("\xed\xa0\x80"));
  CHECK_FALSE(is_utf8("\xf0\x9f\x98"));
}

TEST_CASE("a hello comes back as it was sent, and always fits", "[remoting]") {
  const WireHello hello{.node = std::string(node_name_bytes_max, 'n'),
                        .incarnation = Incarnation{~std::uint64_t{0}},
                        .cluster = std::string(cluster_id_bytes_max, 'c'),
                        .role = Role::acceptor,
                        .max_frame = ~std::uint32_t{0}};

  CHECK(decode_hello(encode(hello)).value() == hello);
  CHECK(encode(hello).size() <= hello_body_max);
}

TEST_CASE("a hello without a name or a role is refused", "[remoting]") {
  CHECK(decode_hello({}).error().detail == "not a node's name");
  CHECK(decode_hello(bytes("\x0a\x01n")).error().detail == "not a cluster's id");
  CHECK(decode_hello(bytes("\x0a\x01n\x1a\x01"
                           "c"))
            .error()
            .detail == "not a role");
  CHECK(decode_hello(bytes("\x0a\x01\n")).error().detail == "not a node's name");
}

}  // namespace
}  // namespace pre::remoting
