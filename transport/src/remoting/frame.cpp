#include "frame.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <utility>

#include <preordain/base/assert.hpp>

namespace pre::remoting {
namespace {

constexpr std::size_t length_at = 0;
constexpr std::size_t kind_at = 4;
constexpr std::size_t flags_at = 5;
constexpr std::size_t reserved_at = 6;
constexpr std::size_t sequence_at = 8;
constexpr std::size_t crc_at = 12;

std::uint32_t crc_of(ByteView bytes, std::uint32_t so_far) {
  return static_cast<std::uint32_t>(
      crc32_z(so_far, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()));
}

// Of a header whose crc field may hold anything.
std::uint32_t frame_crc(ByteView header, ByteView body) {
  constexpr std::array<std::byte, 4> zero{};
  std::uint32_t crc = crc_of(header.first(crc_at), 0);
  crc = crc_of(zero, crc);
  // An empty view may have no address, and zlib takes that for a wish to start over.
  return body.empty() ? crc : crc_of(body, crc);
}

bool known(std::uint8_t kind) {
  return kind >= static_cast<std::uint8_t>(FrameKind::hello) &&
         kind <= static_cast<std::uint8_t>(FrameKind::pong);
}

ByteView take(ByteView& input, std::size_t size) {
  const ByteView taken = input.first(std::min(size, input.size()));
  input = input.subspan(taken.size());
  return taken;
}

}  // namespace

void FrameWriter::append_frame(FrameKind kind, ByteView body, Bytes& out) {
  PRE_ASSERT(body.size() <= frame_body_max_ceiling, "whoever builds a body knows the limit");
  std::array<std::byte, frame_header_bytes> header{};
  store_le(header.data() + length_at, static_cast<std::uint32_t>(body.size()));
  header[kind_at] = static_cast<std::byte>(kind);
  store_le(header.data() + sequence_at, sequence_++);
  store_le(header.data() + crc_at, frame_crc(header, body));
  append(out, header);
  append(out, body);
}

std::optional<Frame> FrameReader::next(ByteView& input) {
  if (error_ || !read_header(input) || !read_body(input)) return std::nullopt;
  const std::uint32_t crc = load_le<std::uint32_t>(header_.data() + crc_at);
  if (crc != frame_crc(header_, body_)) {
    fail(CloseReason::bad_crc, "frame " + std::to_string(expected_) + " was damaged on its way");
    return std::nullopt;
  }
  Frame frame{static_cast<FrameKind>(header_[kind_at]), expected_, std::exchange(body_, Bytes{})};
  header_.clear();
  header_done_ = false;
  ++expected_;
  return frame;
}

bool FrameReader::read_header(ByteView& input) {
  if (header_done_) return true;
  append(header_, take(input, frame_header_bytes - header_.size()));
  if (header_.size() < frame_header_bytes) return false;
  check_header();
  header_done_ = !error_;
  return header_done_;
}

void FrameReader::check_header() {
  const auto kind = std::to_integer<std::uint8_t>(header_[kind_at]);
  const auto flags = std::to_integer<std::uint8_t>(header_[flags_at]);
  const auto reserved = load_le<std::uint16_t>(header_.data() + reserved_at);
  const auto sequence = load_le<std::uint32_t>(header_.data() + sequence_at);
  body_size_ = load_le<std::uint32_t>(header_.data() + length_at);
  if (!known(kind)) return fail(CloseReason::bad_kind, "frame kind " + std::to_string(kind));
  if (flags != 0 || reserved != 0) return fail(CloseReason::bad_flags, "flags must be zero");
  if (sequence != expected_) {
    return fail(CloseReason::out_of_sequence, "frame " + std::to_string(sequence) + " where " +
                                                  std::to_string(expected_) + " was due");
  }
  if (body_size_ > body_max_) {
    return fail(CloseReason::bad_length, "a frame of " + std::to_string(body_size_) +
                                             " bytes exceeds the limit of " +
                                             std::to_string(body_max_));
  }
}

bool FrameReader::read_body(ByteView& input) {
  const ByteView taken = take(input, body_size_ - body_.size());
  const std::size_t needed = body_.size() + taken.size();
  if (needed > body_.capacity()) {
    // What was declared is a claim; only what arrived, and one step more, is worth memory.
    body_.reserve(std::min<std::size_t>(body_size_, needed + receive_step));
  }
  append(body_, taken);
  return body_.size() == body_size_;
}

void FrameReader::fail(CloseReason reason, std::string text) {
  error_ = Closed{reason, std::move(text)};
}

void FrameProgress::note(Instant now, const FrameReader& reader) {
  if (reader.pending() == 0) {
    begun_ = never;
    deadline_ = never;
    return;
  }
  if (begun_ == never || frame_ != reader.completed()) begun_ = now;
  frame_ = reader.completed();
  const auto more = static_cast<std::int64_t>(reader.pending() / frame_grace_bytes);
  deadline_ = saturating_add(begun_, frame_grace + more * frame_grace_more);
}

}  // namespace pre::remoting
