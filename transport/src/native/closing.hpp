// Closing a socket at once, which is what the network seam promises.
//
// Asio's close() leaves it to the kernel to take the descriptor out of the epoll set. If the I/O
// thread is just looking at the descriptor there, it holds the file: the close then happens when
// that look ends, and meanwhile a listener still takes connections and a port is still in use.
// Taking the descriptor out first waits for the look (both hold the lock of the epoll set).
#pragma once

#include <unistd.h>

#include <boost/system/error_code.hpp>

namespace pre::native {

// Ends the waits under way, as close() does. Nothing happens if the socket is not open.
template <class Socket>
void close_at_once(Socket& socket) noexcept {
  boost::system::error_code failed;
  const auto descriptor = socket.release(failed);
  if (!failed) ::close(descriptor);
}

}  // namespace pre::native
