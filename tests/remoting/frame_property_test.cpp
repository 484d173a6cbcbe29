// Frames for any cutting of the stream and any bytes.
#include <rapidcheck.h>
#include <rapidcheck/catch.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <vector>

#include "frame.hpp"

namespace pre::remoting {
namespace {

Bytes any_bytes() {
  Bytes out;
  for (std::uint8_t byte : *rc::gen::arbitrary<std::vector<std::uint8_t>>()) {
    out.push_back(std::byte{byte});
  }
  return out;
}

std::vector<Frame> any_frames() {
  std::vector<Frame> out;
  const auto count = *rc::gen::inRange<std::uint32_t>(0, 10);
  for (std::uint32_t i = 0; i < count; ++i) {
    out.push_back({static_cast<FrameKind>(*rc::gen::inRange(1, 8)), i, any_bytes()});
  }
  return out;
}

Bytes written(const std::vector<Frame>& frames) {
  Bytes out;
  FrameWriter writer;
  for (const Frame& frame : frames) writer.append_frame(frame.kind, frame.body, out);
  return out;
}

// Feeds the stream in pieces of drawn sizes.
std::vector<Frame> read_in_pieces(FrameReader& reader, ByteView stream) {
  std::vector<Frame> out;
  while (!stream.empty() && !reader.error()) {
    const auto size =
        *rc::gen::inRange<std::size_t>(1, std::min<std::size_t>(stream.size(), 40) + 1);
    ByteView piece = stream.first(size);
    stream = stream.subspan(size);
    while (std::optional<Frame> frame = reader.next(piece)) out.push_back(*std::move(frame));
    RC_ASSERT(piece.empty() || reader.error());
  }
  return out;
}

TEST_CASE("any cutting of a stream yields the same frames", "[remoting]") {
  rc::prop("for all frames and cuts", [] {
    const std::vector<Frame> frames = any_frames();
    FrameReader reader(frame_body_max_default);

    const std::vector<Frame> read = read_in_pieces(reader, written(frames));

    RC_ASSERT(read == frames);
    RC_ASSERT(!reader.error());
    RC_ASSERT(reader.pending() == 0U);
  });
}

TEST_CASE("a flipped bit is noticed before its frame is given out", "[remoting]") {
  rc::prop("for all frames and bits", [] {
    const std::vector<Frame> frames = any_frames();
    RC_PRE(!frames.empty());
    Bytes stream = written(frames);
    const auto bit = *rc::gen::inRange<std::size_t>(0, stream.size() * 8);
    stream[bit / 8] ^= static_cast<std::byte>(1 << (bit % 8));
    FrameReader reader(frame_body_max_default);

    const std::vector<Frame> read = read_in_pieces(reader, stream);

    RC_ASSERT(read.size() < frames.size());
    RC_ASSERT(std::equal(read.begin(), read.end(), frames.begin()));
  });
}

TEST_CASE("arbitrary bytes do no harm, and memory stays within what arrived", "[remoting]") {
  rc::prop("for all bytes", [] {
    const Bytes stream = any_bytes();
    FrameReader reader(frame_body_max_default);

    read_in_pieces(reader, stream);

    RC_ASSERT(reader.capacity() <= stream.size() + receive_step + 2 * frame_header_bytes);
  });
}

}  // namespace
}  // namespace pre::remoting
