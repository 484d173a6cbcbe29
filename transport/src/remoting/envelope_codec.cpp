#include "envelope_codec.hpp"

#include <limits>
#include <utility>

#include <preordain/v1/control.pb.h>
#include <preordain/v1/envelope.pb.h>
#include <preordain/base/assert.hpp>
#include <preordain/remoting/wire.hpp>
#include <preordain/runtime/wire_io.hpp>

#include "text.hpp"

namespace pre::remoting {
namespace {

namespace v1 = ::preordain::v1;

// Frames are far below 2 GiB.
bool parse(google::protobuf::MessageLite& message, ByteView body) {
  PRE_ASSERT(body.size() <= static_cast<std::size_t>(std::numeric_limits<int>::max()),
             "a body is bounded by its frame");
  return message.ParseFromArray(body.data(), static_cast<int>(body.size()));
}

Bytes bytes_of(const google::protobuf::MessageLite& message) {
  Bytes out(message.ByteSizeLong());
  const bool written = message.SerializeToArray(out.data(), static_cast<int>(out.size()));
  PRE_ASSERT(written, "proto3 messages are always complete");
  return out;
}

Bytes to_bytes(const std::string& text) {
  const ByteView view = as_bytes(text);
  return {view.begin(), view.end()};
}

Error malformed(std::string why) { return Error(Errc::not_serializable, std::move(why)); }

// Empty if the name may stand in an envelope.
std::string complaint(std::string_view what, std::string_view name, std::size_t size_max) {
  if (name.empty()) return std::string(what) + " is empty";
  if (name.size() > size_max) {
    return std::string(what) + " of " + std::to_string(name.size()) + " bytes exceeds " +
           std::to_string(size_max);
  }
  if (!is_utf8(name)) return std::string(what) + " is not UTF-8";
  return {};
}

std::string complaint(const WireEnvelope& envelope) {
  std::string about_target = complaint("the target", envelope.target, path_bytes_max);
  if (!about_target.empty()) return about_target;
  return complaint("the message type", envelope.type, type_name_bytes_max);
}

Errc code_of(std::uint32_t number) {
  const bool known = number >= static_cast<std::uint32_t>(Errc::refused) &&
                     number <= static_cast<std::uint32_t>(Errc::storage_failed);
  return known ? static_cast<Errc>(number) : Errc::actor_failed;
}

}  // namespace

Result<Bytes> encode(const WireEnvelope& envelope) {
  std::string about = complaint(envelope);
  if (!about.empty()) return Error(Errc::invalid_argument, std::move(about));
  v1::Envelope message;
  message.set_target(envelope.target);
  message.set_target_uid(envelope.target_uid.value);
  message.set_type(envelope.type);
  message.set_payload(envelope.payload.data(), envelope.payload.size());
  message.set_ask_id(envelope.ask_id);
  message.set_remaining_ns(envelope.remaining.count());
  message.set_sequence(envelope.sequence);
  return bytes_of(message);
}

Result<WireEnvelope> decode_envelope(ByteView body) {
  v1::Envelope message;
  if (!parse(message, body)) return malformed("not an Envelope");
  if (message.remaining_ns() < 0) return malformed("the remaining time is negative");
  WireEnvelope out{.target = std::move(*message.mutable_target()),
                   .target_uid = ActorUid{message.target_uid()},
                   .type = std::move(*message.mutable_type()),
                   .payload = to_bytes(message.payload()),
                   .ask_id = message.ask_id(),
                   .remaining = Duration(message.remaining_ns()),
                   .sequence = message.sequence()};
  std::string about = complaint(out);
  if (!about.empty()) return malformed(std::move(about));
  return out;
}

void append_hand_over(Bytes& envelope, Duration remaining, std::uint64_t sequence) {
  PRE_ASSERT(remaining >= Duration::zero(), "what has expired is not handed over");
  const std::size_t before = envelope.size();
  wire::put_tag(envelope, v1::Envelope::kRemainingNsFieldNumber, wire::WireType::varint);
  wire::put_varint(envelope, static_cast<std::uint64_t>(remaining.count()));
  wire::put_tag(envelope, v1::Envelope::kSequenceFieldNumber, wire::WireType::varint);
  wire::put_varint(envelope, sequence);
  PRE_ASSERT(envelope.size() - before <= hand_over_bytes_max, "room was kept for two varints");
}

Bytes encode(const WireReply& reply) {
  v1::Reply message;
  message.set_ask_id(reply.ask_id);
  if (reply.error) {
    message.mutable_error()->set_code(static_cast<std::uint32_t>(reply.error->code));
    message.mutable_error()->set_text(clean_text(reply.error->detail, error_text_bytes_max));
  } else {
    message.set_payload(reply.payload.data(), reply.payload.size());
  }
  return bytes_of(message);
}

Result<WireReply> decode_reply(ByteView body) {
  v1::Reply message;
  if (!parse(message, body)) return malformed("not a Reply");
  if (message.ask_id() == 0) return malformed("a reply to no ask");
  WireReply out{.ask_id = message.ask_id(), .payload = {}, .error = {}};
  switch (message.outcome_case()) {
    case v1::Reply::kPayload:
      out.payload = to_bytes(message.payload());
      break;
    case v1::Reply::kError:
      out.error = Error(code_of(message.error().code()),
                        clean_text(message.error().text(), error_text_bytes_max));
      break;
    case v1::Reply::OUTCOME_NOT_SET:
      return malformed("a reply without an outcome");
  }
  return out;
}

Bytes encode_ping(std::uint64_t nonce) {
  v1::Ping message;
  message.set_nonce(nonce);
  return bytes_of(message);
}

Result<std::uint64_t> decode_ping(ByteView body) {
  v1::Ping message;
  if (!parse(message, body)) return malformed("not a Ping");
  return message.nonce();
}

Bytes encode_pong(std::uint64_t nonce) {
  v1::Pong message;
  message.set_nonce(nonce);
  return bytes_of(message);
}

Result<std::uint64_t> decode_pong(ByteView body) {
  v1::Pong message;
  if (!parse(message, body)) return malformed("not a Pong");
  return message.nonce();
}

}  // namespace pre::remoting
