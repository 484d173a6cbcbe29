#include "link.hpp"

namespace pre::remoting {

std::string_view name_of(LinkState state) noexcept {
  switch (state) {
    case LinkState::idle:
      return "idle";
    case LinkState::connecting:
      return "connecting";
    case LinkState::handshaking:
      return "handshaking";
    case LinkState::up:
      return "up";
    case LinkState::backing_off:
      return "backing_off";
    case LinkState::closed:
      return "closed";
  }
  return "unknown";
}

}  // namespace pre::remoting
