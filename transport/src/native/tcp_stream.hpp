// How the listener makes a stream of a connection it accepted.
#pragma once

#include <cstdint>
#include <memory>

#include <preordain/seam/network.hpp>

#include "native/io_thread.hpp"

namespace pre::native {

enum class AddressFamily : std::uint8_t { v4, v6 };

// Takes over the descriptor of a connected TCP socket.
std::unique_ptr<seam::Stream> accepted_stream(IoThread& io, int descriptor, AddressFamily family,
                                              seam::Endpoint remote, seam::Wake& wake);

}  // namespace pre::native
