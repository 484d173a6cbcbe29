// SIGTERM and SIGINT, caught on the I/O thread.
#pragma once

#include <memory>

#include "native/io_thread.hpp"
#include "native/node_process.hpp"

namespace pre::native {

class StopSignals {
 public:
  // The first signal requests a stop; the second ends the process at once with code 130: whoever
  // presses Ctrl-C twice means it.
  StopSignals(IoThread& io, NodeProcess& process);
  // Precondition: the I/O thread has stopped. The signals do again what they did before.
  ~StopSignals();

 private:
  struct Set;

  void wait_for_first();
  void wait_for_second();

  NodeProcess& process_;
  std::unique_ptr<Set> set_;
};

}  // namespace pre::native
