// What both ends of a connection have in common: the words in which a driver tells them what
// happened to the stream, and in which they tell what happened to the link.
#pragma once

#include <cstdint>
#include <string>

#include <preordain/base/bytes.hpp>
#include <preordain/seam/network.hpp>

#include "reasons.hpp"

namespace pre::remoting {

enum class LinkState : std::uint8_t { idle, connecting, handshaking, up, backing_off, closed };
std::string_view name_of(LinkState state) noexcept;

// For the trace: the state that was entered, and why.
struct LinkEvent {
  LinkState state;
  std::string text;
};

namespace link {

// Nothing but time has passed.
struct Tick {};
// Bytes arrived on the current stream. They live during the step.
struct Received {
  ByteView bytes;
};
// The current stream ended or broke; the driver has destroyed it.
struct Disconnected {
  seam::NetError reason;
};
// The stream took bytes; so many of those given to it still wait in the driver.
struct Writable {
  std::size_t unwritten = 0;
};
// End in good order. The last input that has an effect.
struct Stop {
  std::string text;
};

}  // namespace link
}  // namespace pre::remoting
