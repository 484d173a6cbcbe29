// A stream of frames from a stranger. Fed whole or in pieces it yields the same frames and the same
// verdict, and the reader keeps no more than what arrived.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <preordain/base/assert.hpp>

#include "envelope_codec.hpp"
#include "frame.hpp"

namespace {

using namespace pre::remoting;

constexpr std::uint32_t body_max = 4096;

struct Read {
  std::vector<Frame> frames;
  std::optional<CloseReason> error;
  friend bool operator==(const Read&, const Read&) = default;
};

Read read(pre::ByteView stream, std::size_t piece_size) {
  FrameReader reader(body_max);
  Read out;
  std::size_t fed = 0;
  while (!stream.empty() && !reader.error()) {
    pre::ByteView piece = stream.first(std::min(piece_size, stream.size()));
    stream = stream.subspan(piece.size());
    fed += piece.size();
    while (std::optional<Frame> frame = reader.next(piece)) out.frames.push_back(*std::move(frame));
    PRE_ASSERT(reader.capacity() <= fed + receive_step + 2 * frame_header_bytes,
               "memory grows with what arrived");
  }
  if (reader.error()) out.error = reader.error()->reason;
  return out;
}

// What the body may be, it is read as. Nothing to check but that it ends.
void decode(const Frame& frame) {
  (void)decode_envelope(frame.body).has_value();
  (void)decode_reply(frame.body).has_value();
  (void)decode_ping(frame.body).has_value();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto stream = std::as_bytes(std::span(data, size));
  const Read whole = read(stream, std::max<std::size_t>(size, 1));
  PRE_ASSERT(read(stream, 1) == whole, "pieces make no difference");
  PRE_ASSERT(read(stream, 7) == whole, "pieces make no difference");
  for (const Frame& frame : whole.frames) decode(frame);

  // The checksum keeps the fuzzer out of the bodies, so it may write one directly.
  decode({FrameKind::envelope, 0, pre::Bytes(stream.begin(), stream.end())});
  return 0;
}
