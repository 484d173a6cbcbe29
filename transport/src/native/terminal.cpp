#include <preordain/native/terminal.hpp>

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

#include <preordain/native/machine.hpp>

namespace pre::native {
namespace {

constexpr unsigned default_width = 80;

int descriptor_of(Output output) {
  return output == Output::standard ? STDOUT_FILENO : STDERR_FILENO;
}

}  // namespace

bool is_terminal(Output output) noexcept { return ::isatty(descriptor_of(output)) == 1; }

unsigned terminal_width(Output output) noexcept {
  winsize size{};
  if (::ioctl(descriptor_of(output), TIOCGWINSZ, &size) == 0 && size.ws_col != 0) {
    return size.ws_col;
  }
  const char* const columns = std::getenv("COLUMNS");
  const unsigned long told = columns == nullptr ? 0 : std::strtoul(columns, nullptr, 10);
  return told > 0 && told < 10'000 ? static_cast<unsigned>(told) : default_width;
}

}  // namespace pre::native
