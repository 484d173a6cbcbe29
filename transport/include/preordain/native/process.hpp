// Child processes for the live scenarios and the determinism doctor: started, paused, killed, and
// never left behind.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <preordain/base/duration.hpp>
#include <preordain/base/result.hpp>

namespace pre::native {

enum class AddressLayout : std::uint8_t {
  randomized,  // as the system does it
  fixed,       // without ASLR: whatever still differs between two runs is not an address
};

struct ChildOptions {
  // arguments[0] is the program; looked up in PATH if it has no '/'.
  std::vector<std::string> arguments;
  // Added to, and winning over, the environment of this process.
  std::map<std::string, std::string, std::less<>> environment;
  // Where standard output and error go (truncated first). Empty: where ours go.
  std::string output_path;
  AddressLayout layout = AddressLayout::randomized;
};

// Its standard input is empty and it has a process group of its own: Ctrl-C reaches only us, and we
// decide. It is killed by the kernel when the *thread* that started it ends: start children from
// the main thread.
class Child {
 public:
  // invalid_argument: no such program; refused: the system does not allow it (a sandbox may forbid
  // a fixed address layout). Returns after exec, so the child really runs its own program.
  static Result<Child> start(const ChildOptions& options);

  Child(Child&& other) noexcept;
  Child& operator=(Child&& other) noexcept;
  // Kills and reaps if it still runs.
  ~Child();

  std::int64_t pid() const noexcept { return pid_; }
  // Signals; nothing happens once the child was reaped by wait().
  void kill() noexcept;       // SIGKILL: the crash
  void terminate() noexcept;  // SIGTERM: the polite request
  void pause() noexcept;      // SIGSTOP: the long garbage collection; it stands still on return
  void resume() noexcept;     // SIGCONT
  // The exit code, or 128 + n if signal n ended it; remembered, so that asking again gives the same
  // answer. timeout: it still runs.
  Result<int> wait(Duration limit);

 private:
  explicit Child(std::int64_t pid) : pid_(pid) {}
  void signal(int number) noexcept;

  std::int64_t pid_ = 0;  // 0: moved from
  bool reaped_ = false;
  int exit_code_ = 0;
};

}  // namespace pre::native
