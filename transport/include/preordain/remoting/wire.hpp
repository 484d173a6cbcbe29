// The numbers of the protocol between nodes: sizes, limits, times. One place, so that a reader of a
// packet capture or of a refusal's text finds what it is measured against.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <preordain/base/duration.hpp>

namespace pre::remoting {

// Preamble: eight bytes of magic (the last is zero), lowest and highest version spoken.
inline constexpr std::string_view preamble_magic{"PREORDN\0", 8};
inline constexpr std::size_t preamble_bytes = preamble_magic.size() + 2;
inline constexpr std::uint8_t version_min = 1;
inline constexpr std::uint8_t version_max = 1;

// Frame: header, body. Header, little endian:
//   0 u32 body length | 4 u8 kind | 5 u8 flags | 6 u16 reserved | 8 u32 sequence | 12 u32 crc-32
inline constexpr std::size_t frame_header_bytes = 16;

enum class FrameKind : std::uint8_t {
  hello = 1,
  hello_reject,
  goodbye,
  envelope,
  reply,
  ping,
  pong,
};
// "envelope"; "unknown" for what is none.
std::string_view name_of(FrameKind kind) noexcept;

// Limits of a frame's body. Each side says its own in the hello; the smaller one holds.
inline constexpr std::uint32_t frame_body_max_default = 1U << 20;
inline constexpr std::uint32_t frame_body_max_ceiling = 16U << 20;
// Before the hello is accepted, and the least that a peer may ask for.
inline constexpr std::uint32_t hello_body_max = 512;
// A receiving buffer grows by no more than this beyond what has arrived.
inline constexpr std::size_t receive_step = 64 * 1024;

// Limits of texts.
inline constexpr std::size_t node_name_bytes_max = 128;
inline constexpr std::size_t cluster_id_bytes_max = 128;
inline constexpr std::size_t path_bytes_max = 1024;
inline constexpr std::size_t type_name_bytes_max = 512;
inline constexpr std::size_t reason_text_bytes_max = 256;
inline constexpr std::size_t error_text_bytes_max = 4096;

// Times of a connection.
inline constexpr Duration connect_within = 5s;
inline constexpr Duration hello_within = 5s;
inline constexpr Duration ping_after = 5s;                   // of silence
inline constexpr Duration dead_after = 15s;                  // of silence
inline constexpr Duration frame_grace = 10s;                 // for a frame that has begun ...
inline constexpr Duration frame_grace_more = 1s;             // ... and for each further
inline constexpr std::size_t frame_grace_bytes = 16 * 1024;  // of these that arrived

// Dialling again.
inline constexpr Duration backoff_first = 100ms;
inline constexpr Duration backoff_last = 10s;
inline constexpr Duration stable_after = 5s;  // up for so long: the next back-off starts over

// Queues.
inline constexpr std::size_t queue_messages_max = 16'384;
inline constexpr std::size_t queue_bytes_max = 4U << 20;
inline constexpr std::size_t asks_max = 65'536;
// Given to the driver and not yet taken by the stream: hand over no more messages above this.
inline constexpr std::size_t unwritten_bytes_high = 64 * 1024;
// The accepted side cannot hold back replies; above this the peer does not read and is cut off.
inline constexpr std::size_t unwritten_bytes_max = 4U << 20;

}  // namespace pre::remoting
