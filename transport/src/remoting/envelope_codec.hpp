// The messages of envelope.proto and control.proto as plain structs. Protobuf itself stays in the
// .cpp. Everything that is read is checked against the limits of remoting/wire.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <preordain/base/bytes.hpp>
#include <preordain/base/duration.hpp>
#include <preordain/base/ids.hpp>
#include <preordain/base/result.hpp>

namespace pre::remoting {

struct WireEnvelope {
  std::string target;
  ActorUid target_uid{};  // none: whoever lives at that path
  std::string type;
  Bytes payload;
  std::uint64_t ask_id = 0;  // 0: a tell
  // Known only when the envelope is given to a connection; see append_hand_over.
  Duration remaining{};  // 0: no deadline
  std::uint64_t sequence = 0;
  friend bool operator==(const WireEnvelope&, const WireEnvelope&) = default;
};

// invalid_argument: target or type are empty, too long or not UTF-8.
Result<Bytes> encode(const WireEnvelope& envelope);
// not_serializable: not an envelope, or one beyond the limits.
Result<WireEnvelope> decode_envelope(ByteView body);

// Adds to an encoded envelope what is known last. The fields stand at the end, and of a field that
// occurs twice the last one counts: that is protobuf's rule.
void append_hand_over(Bytes& envelope, Duration remaining, std::uint64_t sequence);
// The most that append_hand_over adds.
inline constexpr std::size_t hand_over_bytes_max = 22;

struct WireReply {
  std::uint64_t ask_id = 0;
  Bytes payload;
  std::optional<Error> error;  // set: payload means nothing
  friend bool operator==(const WireReply&, const WireReply&) = default;
};

Bytes encode(const WireReply& reply);
Result<WireReply> decode_reply(ByteView body);

Bytes encode_ping(std::uint64_t nonce);
Result<std::uint64_t> decode_ping(ByteView body);
Bytes encode_pong(std::uint64_t nonce);
Result<std::uint64_t> decode_pong(ByteView body);

}  // namespace pre::remoting
