// A stranger on the line: its bytes against both ends of a handshake and, if it gets that far, an
// inbound connection. What it can do is be refused, or be a good peer.
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include <preordain/base/assert.hpp>

#include "handshake.hpp"
#include "inbound.hpp"

namespace {

using namespace pre::remoting;

Identity ourselves() {
  return {.node = "n2", .incarnation = pre::Incarnation{2}, .cluster = "blue"};
}

void shake(Role role, pre::ByteView bytes) {
  Handshake handshake(ourselves(), role, {}, pre::Instant{});
  HandshakeOutputs out;
  handshake.step({pre::Instant{}, bytes}, out);
  PRE_ASSERT(out.consumed <= bytes.size(), "only what was there is consumed");
  PRE_ASSERT(!out.accepted || !out.refused, "there is one outcome");
  PRE_ASSERT(out.write.size() < 1024, "a stranger does not make us talk");
  if (!out.accepted) return;
  PRE_ASSERT(out.accepted->incarnation, "a peer knows which life it is");
  PRE_ASSERT(out.accepted->node != "n2", "we do not talk to ourselves");
}

// A good hello, and then these bytes as frames; the checksums are ours.
void enter(pre::ByteView bytes) {
  pre::Bytes stream;
  append_preamble({}, stream);
  FrameWriter writer;
  const WireHello hello{.node = "n1",
                        .incarnation = pre::Incarnation{1},
                        .cluster = "blue",
                        .role = Role::dialler,
                        .max_frame = frame_body_max_default};
  writer.append_frame(FrameKind::hello, encode(hello), stream);
  while (bytes.size() >= 2) {
    const auto kind = static_cast<FrameKind>(1 + std::to_integer<unsigned>(bytes[0]) % 7);
    const std::size_t wanted = std::to_integer<std::size_t>(bytes[1]);
    bytes = bytes.subspan(2);
    const pre::ByteView body = bytes.first(std::min(wanted, bytes.size()));
    writer.append_frame(kind, body, stream);
    bytes = bytes.subspan(body.size());
  }
  Inbound inbound(ourselves(), pre::Instant{}, {.asks = 3, .unwritten_bytes = 1000});
  InboundOutputs out;
  inbound.step({pre::Instant{}, link::Received{stream}}, out);
  PRE_ASSERT(out.met.has_value(), "the hello was good");
  PRE_ASSERT(inbound.open_asks() <= 3, "asks are bounded");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = std::as_bytes(std::span(data, size));
  shake(Role::acceptor, bytes);
  shake(Role::dialler, bytes);
  enter(bytes);
  return 0;
}
