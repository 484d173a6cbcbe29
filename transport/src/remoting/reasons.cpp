// Words for reasons and kinds.
#include "reasons.hpp"

#include <numeric>

#include <preordain/remoting/wire.hpp>

namespace pre::remoting {
namespace {

constexpr std::array<std::string_view, close_reason_count> names = {
    "stopped",          "peer_goodbye",      "peer_closed",
    "connect_failed",   "connect_timeout",   "reset",
    "bad_magic",        "version_mismatch",  "bad_length",
    "bad_crc",          "bad_kind",          "bad_flags",
    "out_of_sequence",  "handshake_timeout", "malformed_hello",
    "wrong_cluster",    "wrong_node",        "self_connection",
    "bad_incarnation",  "rejected",          "overloaded",
    "unexpected_frame", "malformed_message", "idle_timeout",
    "progress_timeout", "write_overflow"};

}  // namespace

std::string_view name_of(CloseReason reason) noexcept {
  const auto index = static_cast<std::size_t>(reason);
  return index < names.size() ? names[index] : "unknown";
}

std::string_view name_of(FrameKind kind) noexcept {
  switch (kind) {
    case FrameKind::hello:
      return "hello";
    case FrameKind::hello_reject:
      return "hello_reject";
    case FrameKind::goodbye:
      return "goodbye";
    case FrameKind::envelope:
      return "envelope";
    case FrameKind::reply:
      return "reply";
    case FrameKind::ping:
      return "ping";
    case FrameKind::pong:
      return "pong";
  }
  return "unknown";
}

std::uint64_t CloseCounts::total() const {
  return std::accumulate(counts_.begin(), counts_.end(), std::uint64_t{0});
}

CloseReason reason_of_loss(seam::NetError error) noexcept {
  return error == seam::NetError::end ? CloseReason::peer_closed : CloseReason::reset;
}

CloseReason reason_of_failed_connect(seam::NetError error) noexcept {
  return error == seam::NetError::timed_out ? CloseReason::connect_timeout
                                            : CloseReason::connect_failed;
}

std::string network_says(seam::NetError error) {
  return std::string("the network says ") + seam::name_of(error);
}

}  // namespace pre::remoting
