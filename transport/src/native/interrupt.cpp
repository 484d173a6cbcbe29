#include <preordain/native/interrupt.hpp>

#include <unistd.h>
#include <csignal>

namespace pre::native {

namespace {

// A signal handler can reach nothing else.
volatile std::sig_atomic_t interrupts = 0;

extern "C" void count_interrupt(int) {
  if (interrupts != 0) _exit(130);
  interrupts = 1;
}

void handle(int number, void (*handler)(int)) {
  struct sigaction action{};
  action.sa_handler = handler;
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, nullptr);
}

}  // namespace

Interrupt::Interrupt() noexcept {
  interrupts = 0;
  handle(SIGINT, count_interrupt);
  handle(SIGTERM, count_interrupt);
}

Interrupt::~Interrupt() {
  handle(SIGINT, SIG_DFL);
  handle(SIGTERM, SIG_DFL);
}

bool Interrupt::requested() const noexcept { return interrupts != 0; }

}  // namespace pre::native
