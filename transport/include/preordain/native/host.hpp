// The real world for one node: worker threads, timers, sockets and files behind the seams. Owns
// every thread it starts; nothing of it outlives the destructor.
//
//   native::Host host({.node_name = "n1"});
//   {
//     System system(host.environment());
//     host.wait_for_stop();
//     ... ask the system to stop, wait for it with a Latch ...
//     host.quiesce();   // nothing calls back any more: the system can be taken down
//   }
#pragma once

#include <memory>

#include <preordain/base/duration.hpp>
#include <preordain/native/options.hpp>
#include <preordain/seam/environment.hpp>

namespace pre::native {

class Host {
 public:
  // Starts the workers, the I/O thread and the storage thread. Throws Failure(storage_failed) if
  // the data directory can neither be opened nor made.
  explicit Host(Options options);
  // Stops and joins. Streams, files, lookups and so on must be gone before; timers that are still
  // armed never fire.
  ~Host();
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;

  seam::Environment& environment() noexcept;

  // Blocks until a stop was requested. For the main thread, never for a worker.
  void wait_for_stop();
  // The same, but false if nobody asked within `limit`.
  bool wait_for_stop(Duration limit);
  // What a signal does: Process::stop_requested() becomes true and its watcher is woken.
  // Thread-safe; the second call does nothing.
  void request_stop() noexcept;
  // Returns when nothing of this host calls back any more: no turn, no timer, no wake. What is
  // queued is dropped, ready() is ignored, and what is armed or asked for later never comes. Not
  // for worker threads. Idempotent.
  void quiesce();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace pre::native
