// Ctrl-C for programs that want to end in good order: finish what is at hand, write the results.
#pragma once

namespace pre::native {

// While one lives, the first SIGINT or SIGTERM only makes requested() true, and the second ends the
// process at once (code 130). One at a time; not together with a Host that handles signals.
class Interrupt {
 public:
  Interrupt() noexcept;
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  bool requested() const noexcept;
};

}  // namespace pre::native
