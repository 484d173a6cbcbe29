// Prints what a machine of remoting wrote, frame by frame, as the other side would read it.
#pragma once

#include <string>

#include <preordain/base/bytes.hpp>

#include "frame.hpp"
#include "preamble.hpp"

namespace pre::script {

// "7 bytes of data" as text in quotes, or its size if it is long.
std::string quoted(ByteView bytes);

class WirePrinter {
 public:
  // One line for the preamble and for each frame that is complete: "write ping 1".
  std::string print(ByteView written);

 private:
  bool preamble_done_ = false;
  remoting::PreambleReader preamble_;
  remoting::FrameReader reader_{remoting::frame_body_max_ceiling};
};

}  // namespace pre::script
