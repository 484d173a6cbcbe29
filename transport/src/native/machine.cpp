#include <preordain/native/machine.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>

namespace pre::native {
namespace {

constexpr int port_attempts = 64;

// A socket that closes itself.
class Probe {
 public:
  explicit Probe(int kind) : descriptor_(::socket(AF_INET, kind | SOCK_CLOEXEC, 0)) {}
  ~Probe() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  Probe(const Probe&) = delete;
  Probe& operator=(const Probe&) = delete;

  // The bound port; 0 if it cannot be had.
  std::uint16_t bind(std::uint16_t port) const {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof address;
    if (::bind(descriptor_, generic, size) != 0) return 0;
    if (::getsockname(descriptor_, generic, &size) != 0) return 0;
    return ntohs(address.sin_port);
  }

 private:
  const int descriptor_;
};

}  // namespace

unsigned cores() noexcept {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (::sched_getaffinity(0, sizeof set, &set) != 0) return 1;
  return static_cast<unsigned>(std::max(CPU_COUNT(&set), 1));
}

std::optional<std::string> environment_variable(const std::string& name) {
  const char* const value = std::getenv(name.c_str());
  if (value == nullptr) return std::nullopt;
  return value;
}

std::string self_executable() {
  std::array<char, PATH_MAX> path;
  const ssize_t size = ::readlink("/proc/self/exe", path.data(), path.size());
  return size > 0 ? std::string(path.data(), static_cast<std::size_t>(size)) : std::string();
}

std::int64_t process_id() noexcept { return ::getpid(); }

std::uint64_t resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  std::uint64_t total = 0;
  std::uint64_t resident = 0;
  if (!(statm >> total >> resident)) return 0;
  return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

Result<std::uint16_t> free_port() {
  for (int attempt = 0; attempt < port_attempts; ++attempt) {
    const Probe tcp(SOCK_STREAM);
    const std::uint16_t port = tcp.bind(0);
    if (port == 0) break;
    if (Probe(SOCK_DGRAM).bind(port) == port) return port;
  }
  return Error(Errc::unreachable, "no free port on 127.0.0.1");
}

}  // namespace pre::native
