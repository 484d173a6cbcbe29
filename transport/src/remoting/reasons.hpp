// Why a connection ended: one enum for both sides and all layers, so that every refusal has a name
// and a counter.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <preordain/seam/network.hpp>

namespace pre::remoting {

enum class CloseReason : std::uint8_t {
  // In good order.
  stopped,       // this side stopped
  peer_goodbye,  // the peer said goodbye
  peer_closed,   // the stream ended without one
  // The network.
  connect_failed,
  connect_timeout,
  reset,
  // Not our protocol.
  bad_magic,
  version_mismatch,
  // Frames.
  bad_length,
  bad_crc,
  bad_kind,
  bad_flags,
  out_of_sequence,
  // The handshake.
  handshake_timeout,
  malformed_hello,
  wrong_cluster,
  wrong_node,
  self_connection,
  bad_incarnation,
  rejected,    // the peer turned us away; the text has its reason
  overloaded,  // we turned the peer away
  // Afterwards.
  unexpected_frame,
  malformed_message,
  idle_timeout,
  progress_timeout,
  write_overflow,  // the peer does not read
};
inline constexpr std::size_t close_reason_count =
    static_cast<std::size_t>(CloseReason::write_overflow) + 1;

std::string_view name_of(CloseReason reason) noexcept;

// A reason and a text for people.
struct Closed {
  CloseReason reason;
  std::string text;
};

// How many connections ended why.
class CloseCounts {
 public:
  void add(CloseReason reason) { ++counts_[static_cast<std::size_t>(reason)]; }
  std::uint64_t of(CloseReason reason) const { return counts_[static_cast<std::size_t>(reason)]; }
  std::uint64_t total() const;

 private:
  std::array<std::uint64_t, close_reason_count> counts_{};
};

// How the loss of an established stream, or a failed attempt to get one, is counted.
CloseReason reason_of_loss(seam::NetError error) noexcept;
CloseReason reason_of_failed_connect(seam::NetError error) noexcept;
// "the network says reset"
std::string network_says(seam::NetError error);

}  // namespace pre::remoting
