// The messages of handshake.proto as plain structs.
#pragma once

#include <cstdint>
#include <string>

#include <preordain/base/bytes.hpp>
#include <preordain/base/ids.hpp>
#include <preordain/base/result.hpp>

#include "reasons.hpp"

namespace pre::remoting {

// Which end of a connection: dialled, or was dialled.
enum class Role : std::uint8_t { dialler = 1, acceptor = 2 };
std::string_view name_of(Role role) noexcept;

struct WireHello {
  std::string node;
  Incarnation incarnation{};
  std::string cluster;
  Role role = Role::dialler;
  std::uint32_t max_frame = 0;
  friend bool operator==(const WireHello&, const WireHello&) = default;
};

// Precondition: node and cluster are 1..128 bytes of UTF-8. Never more than hello_body_max bytes.
Bytes encode(const WireHello& hello);
// not_serializable: not a hello, or names that are empty, too long or hold control characters.
Result<WireHello> decode_hello(ByteView body);

// What the peer is told; the numbers of preordain.v1.Reason.
enum class RejectReason : std::uint8_t {
  unspecified = 0,
  wrong_cluster,
  wrong_node,
  self,
  bad_incarnation,
  malformed,
  overloaded,
  shutting_down,
  idle,
};
std::string_view name_of(RejectReason reason) noexcept;
RejectReason reject_reason_of(CloseReason reason) noexcept;

// The body of a HelloReject or a Goodbye; they look the same.
struct WireFarewell {
  RejectReason reason = RejectReason::unspecified;
  std::string text;
  friend bool operator==(const WireFarewell&, const WireFarewell&) = default;
};
Bytes encode(const WireFarewell& farewell);
Result<WireFarewell> decode_farewell(ByteView body);
WireFarewell farewell_of(const Closed& closed);
// "wrong_cluster: our cluster is blue"
std::string text_of(const WireFarewell& farewell);

}  // namespace pre::remoting
