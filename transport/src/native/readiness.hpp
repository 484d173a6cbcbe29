// What a socket object shares with its waits under way: the wire to its owner, and which waits
// there are. At most one a direction.
//
// No wake-up is lost: the owner asks for a wait only after the system said would_block, and Asio
// re-arms the descriptor when a wait begins, so a change in between ends the wait at once. If a
// wait is still marked, its handler has yet to run, and it clears the mark before it wakes.
#pragma once

#include <atomic>
#include <memory>

#include "native/wake_wire.hpp"

namespace pre::native {

struct Readiness {
  explicit Readiness(seam::Wake& wake) : wire(wake) {}

  WakeWire wire;
  std::atomic<bool> reading{false};
  std::atomic<bool> writing{false};
};

// A template, so that this header needs no Asio. `Shared` is Readiness or adds to it.
template <class Socket, class Shared>
void await_readable(Socket& socket, const std::shared_ptr<Shared>& shared) {
  if (shared->reading.exchange(true)) return;
  socket.async_wait(Socket::wait_read, [shared](const auto&) {
    shared->reading.store(false);
    shared->wire.wake();
  });
}

template <class Socket, class Shared>
void await_writable(Socket& socket, const std::shared_ptr<Shared>& shared) {
  if (shared->writing.exchange(true)) return;
  socket.async_wait(Socket::wait_write, [shared](const auto&) {
    shared->writing.store(false);
    shared->wire.wake();
  });
}

}  // namespace pre::native
