// Frames: a checked unit on a stream of bytes. Each direction of a connection has one writer and
// one reader, which count the frames: a lost, doubled or swapped one is noticed, as is a flipped
// bit.
//
//   | u32 body length | u8 kind | u8 flags 0 | u16 reserved 0 | u32 sequence | u32 crc-32 | body |
//
// Little endian. The sequence starts at 0 and wraps. The crc (that of zlib) covers the header with
// its own four bytes zero, and the body. It finds accidents, not attacks: those are TLS's work.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <preordain/base/bytes.hpp>
#include <preordain/base/duration.hpp>
#include <preordain/remoting/wire.hpp>

#include "reasons.hpp"

namespace pre::remoting {

struct Frame {
  FrameKind kind;
  std::uint32_t sequence;
  Bytes body;
  friend bool operator==(const Frame&, const Frame&) = default;
};

class FrameWriter {
 public:
  // Precondition: the body is not longer than frame_body_max_ceiling.
  void append_frame(FrameKind kind, ByteView body, Bytes& out);

 private:
  std::uint32_t sequence_ = 0;
};

class FrameReader {
 public:
  explicit FrameReader(std::uint32_t body_max) : body_max_(body_max) {}

  // Takes bytes from the front of `input` until a frame is complete. Nothing: all bytes were taken
  // and more are needed, or error() says what is wrong, for good. So the caller may look at each
  // frame, and change the limit, before the next one is judged.
  std::optional<Frame> next(ByteView& input);

  // Holds for frames whose header has not been complete yet.
  void set_body_max(std::uint32_t body_max) { body_max_ = body_max; }

  const std::optional<Closed>& error() const { return error_; }
  // Bytes of a frame that has begun and is not complete.
  std::size_t pending() const { return header_.size() + body_.size(); }
  // Frames completed so far, modulo 2^32.
  std::uint32_t completed() const { return expected_; }
  // What the buffers hold on to; for tests of the limit.
  std::size_t capacity() const { return header_.capacity() + body_.capacity(); }

 private:
  bool read_header(ByteView& input);
  bool read_body(ByteView& input);
  void check_header();
  void fail(CloseReason reason, std::string text);

  std::uint32_t body_max_;
  std::uint32_t expected_ = 0;
  std::uint32_t body_size_ = 0;
  bool header_done_ = false;
  Bytes header_;
  Bytes body_;
  std::optional<Closed> error_;
};

// A frame that has begun must go on arriving: frame_grace, and more time for what has arrived.
class FrameProgress {
 public:
  // Call after each feeding of the reader.
  void note(Instant now, const FrameReader& reader);
  Instant deadline() const { return deadline_; }

 private:
  std::uint32_t frame_ = 0;
  Instant begun_ = never;
  Instant deadline_ = never;
};

}  // namespace pre::remoting
