#include "hello_codec.hpp"

#include <utility>

#include <preordain/v1/handshake.pb.h>
#include <preordain/base/assert.hpp>
#include <preordain/remoting/wire.hpp>

#include "text.hpp"

namespace pre::remoting {
namespace {

namespace v1 = ::preordain::v1;

static_assert(static_cast<int>(Role::dialler) == v1::ROLE_DIALLER);
static_assert(static_cast<int>(Role::acceptor) == v1::ROLE_ACCEPTOR);
static_assert(static_cast<int>(RejectReason::wrong_cluster) == v1::REASON_WRONG_CLUSTER);
static_assert(static_cast<int>(RejectReason::idle) == v1::REASON_IDLE);

Bytes bytes_of(const google::protobuf::MessageLite& message) {
  Bytes out(message.ByteSizeLong());
  const bool written = message.SerializeToArray(out.data(), static_cast<int>(out.size()));
  PRE_ASSERT(written, "proto3 messages are always complete");
  return out;
}

bool parse(google::protobuf::MessageLite& message, ByteView body) {
  PRE_ASSERT(body.size() <= frame_body_max_ceiling, "a body is bounded by its frame");
  return message.ParseFromArray(body.data(), static_cast<int>(body.size()));
}

bool good_name(std::string_view name, std::size_t size_max) {
  return !name.empty() && clean_text(name, size_max) == name;
}

Error malformed(std::string why) { return Error(Errc::not_serializable, std::move(why)); }

}  // namespace

std::string_view name_of(Role role) noexcept {
  return role == Role::dialler ? "dialler" : "acceptor";
}

std::string_view name_of(RejectReason reason) noexcept {
  switch (reason) {
    case RejectReason::unspecified:
      return "unspecified";
    case RejectReason::wrong_cluster:
      return "wrong_cluster";
    case RejectReason::wrong_node:
      return "wrong_node";
    case RejectReason::self:
      return "self";
    case RejectReason::bad_incarnation:
      return "bad_incarnation";
    case RejectReason::malformed:
      return "malformed";
    case RejectReason::overloaded:
      return "overloaded";
    case RejectReason::shutting_down:
      return "shutting_down";
    case RejectReason::idle:
      return "idle";
  }
  return "unspecified";
}

RejectReason reject_reason_of(CloseReason reason) noexcept {
  switch (reason) {
    case CloseReason::wrong_cluster:
      return RejectReason::wrong_cluster;
    case CloseReason::wrong_node:
      return RejectReason::wrong_node;
    case CloseReason::self_connection:
      return RejectReason::self;
    case CloseReason::bad_incarnation:
      return RejectReason::bad_incarnation;
    case CloseReason::overloaded:
    case CloseReason::write_overflow:
      return RejectReason::overloaded;
    case CloseReason::stopped:
      return RejectReason::shutting_down;
    case CloseReason::idle_timeout:
    case CloseReason::handshake_timeout:
    case CloseReason::progress_timeout:
      return RejectReason::idle;
    default:
      return RejectReason::malformed;
  }
}

Bytes encode(const WireHello& hello) {
  PRE_ASSERT(good_name(hello.node, node_name_bytes_max), "the node's name is checked at its start");
  PRE_ASSERT(good_name(hello.cluster, cluster_id_bytes_max),
             "the cluster's id is checked at the node's start");
  v1::Hello message;
  message.set_node(hello.node);
  message.set_incarnation(hello.incarnation.value);
  message.set_cluster(hello.cluster);
  message.set_role(static_cast<v1::Role>(hello.role));
  message.set_max_frame(hello.max_frame);
  Bytes out = bytes_of(message);
  PRE_ASSERT(out.size() <= hello_body_max, "names are bounded, so the hello is");
  return out;
}

Result<WireHello> decode_hello(ByteView body) {
  v1::Hello message;
  if (!parse(message, body)) return malformed("not a Hello");
  if (!good_name(message.node(), node_name_bytes_max)) return malformed("not a node's name");
  if (!good_name(message.cluster(), cluster_id_bytes_max)) return malformed("not a cluster's id");
  if (message.role() != v1::ROLE_DIALLER && message.role() != v1::ROLE_ACCEPTOR) {
    return malformed("not a role");
  }
  return WireHello{.node = message.node(),
                   .incarnation = Incarnation{message.incarnation()},
                   .cluster = message.cluster(),
                   .role = static_cast<Role>(message.role()),
                   .max_frame = message.max_frame()};
}

Bytes encode(const WireFarewell& farewell) {
  v1::Goodbye message;
  message.set_reason(static_cast<v1::Reason>(farewell.reason));
  message.set_text(clean_text(farewell.text, reason_text_bytes_max));
  return bytes_of(message);
}

Result<WireFarewell> decode_farewell(ByteView body) {
  v1::Goodbye message;
  if (!parse(message, body)) return malformed("not a farewell");
  const int number = message.reason();
  const bool known = number >= 0 && number <= static_cast<int>(RejectReason::idle);
  return WireFarewell{
      .reason = known ? static_cast<RejectReason>(number) : RejectReason::unspecified,
      .text = clean_text(message.text(), reason_text_bytes_max)};
}

WireFarewell farewell_of(const Closed& closed) {
  // Our own name for it is mostly finer than what the protocol knows.
  const RejectReason reason = reject_reason_of(closed.reason);
  const std::string name(name_of(closed.reason));
  return {.reason = reason,
          .text = name == name_of(reason) ? closed.text : name + ": " + closed.text};
}

std::string text_of(const WireFarewell& farewell) {
  std::string out(name_of(farewell.reason));
  if (!farewell.text.empty()) out += ": " + farewell.text;
  return out;
}

}  // namespace pre::remoting
