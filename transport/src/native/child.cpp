// fork and exec with what a scenario needs in between. After fork the child has one thread and
// perhaps locked locks of the others: so everything it uses is made before, and until exec it only
// makes system calls.
#include <fcntl.h>
#include <linux/close_range.h>
#include <poll.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include <preordain/native/process.hpp>

#include "native/clock.hpp"

extern char** environ;

namespace pre::native {
namespace {

constexpr int first_free_descriptor = 3;
constexpr mode_t log_mode = 0644;
constexpr int signal_exit_base = 128;

// Descriptors are closed by themselves.
class Opened {
 public:
  explicit Opened(int number = -1) : number_(number) {}
  ~Opened() { close(); }
  Opened(const Opened&) = delete;
  Opened& operator=(const Opened&) = delete;

  int number() const noexcept { return number_; }
  void close() noexcept {
    if (number_ >= 0) ::close(std::exchange(number_, -1));
  }

 private:
  int number_;
};

// How far a child got before it failed, and why; sent through a pipe that a successful exec closes.
enum class Step : int { parent_died, layout, descriptors, exec };
struct Mishap {
  Step step;
  int number;
};

struct Plan {
  std::vector<char*> arguments;
  std::vector<char*> environment;
  int input = -1;
  int output = -1;  // -1: as ours
  int report = -1;
  pid_t parent = 0;
  bool fixed_layout = false;
};

[[noreturn]] void give_up(const Plan& plan, Step step, int number) {
  const Mishap mishap{step, number};
  [[maybe_unused]] const ssize_t sent = ::write(plan.report, &mishap, sizeof mishap);
  ::_exit(1);
}

// In the child.
[[noreturn]] void become(const Plan& plan) {
  // If the parent died before the prctl, nobody would tell us any more.
  if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || ::getppid() != plan.parent) {
    give_up(plan, Step::parent_died, 0);
  }
  ::setpgid(0, 0);
  if (plan.fixed_layout) {
    const int current = ::personality(0xffffffff);
    if (current < 0 || ::personality(static_cast<unsigned>(current) | ADDR_NO_RANDOMIZE) < 0) {
      give_up(plan, Step::layout, errno);
    }
  }
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);  // the forking thread's mask would survive exec
  bool wired = ::dup2(plan.input, STDIN_FILENO) >= 0;
  if (plan.output >= 0) {
    wired = wired && ::dup2(plan.output, STDOUT_FILENO) >= 0;
    wired = wired && ::dup2(plan.output, STDERR_FILENO) >= 0;
  }
  if (!wired) give_up(plan, Step::descriptors, errno);
  // Sockets of ours must not live on in the child: a listener would keep its port. (Kernels before
  // 5.11 refuse; then most are marked already where they are opened.)
  ::syscall(SYS_close_range, first_free_descriptor, ~0U, CLOSE_RANGE_CLOEXEC);
  ::execvpe(plan.arguments.front(), plan.arguments.data(), plan.environment.data());
  give_up(plan, Step::exec, errno);
}

// "NAME=value", ours with the additions, in order of name.
std::vector<std::string> merged_environment(const ChildOptions& options) {
  auto merged = options.environment;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) continue;
    merged.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  std::vector<std::string> lines;
  lines.reserve(merged.size());
  for (const auto& [name, value] : merged) lines.push_back(name + "=" + value);
  return lines;
}

// What exec wants: pointers, with a null at the end. They point into `texts`.
std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  out.reserve(texts.size() + 1);
  for (std::string& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

Error explain(const ChildOptions& options, const Mishap& mishap) {
  const std::string program = "'" + options.arguments.front() + "'";
  const std::string reason = std::strerror(mishap.number);
  switch (mishap.step) {
    case Step::parent_died:
      return Error(Errc::cancelled, program + ": its parent died");
    case Step::layout:
      return Error(Errc::refused, program + " cannot have a fixed address layout: " + reason +
                                      "; a container may need --security-opt seccomp=unconfined");
    case Step::descriptors:
      return Error(Errc::refused, program + ": " + reason);
    case Step::exec:
      break;
  }
  return Error(Errc::invalid_argument, program + " cannot be started: " + reason);
}

bool has_ended(pid_t pid) {
  siginfo_t info{};
  return ::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
         info.si_pid == pid;
}

// Waits without reaping. A process descriptor says when; where there are none, we look again and
// again.
bool ended_within(pid_t pid, Duration limit) {
  const Opened handle(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  const Duration slice_max = handle.number() >= 0 ? Duration(1min) : Duration(5ms);
  const Duration start = monotonic_now();
  while (!has_ended(pid)) {
    const Duration spent = monotonic_now() - start;
    if (spent >= limit) return false;
    const Duration slice = std::min(limit - spent, slice_max);
    const timespec wait{static_cast<time_t>(slice.count() / 1'000'000'000),
                        static_cast<long>(slice.count() % 1'000'000'000)};
    pollfd entry{handle.number(), POLLIN, 0};
    ::ppoll(&entry, 1, &wait, nullptr);
  }
  return true;
}

// Reaps. The child has ended or is about to.
int exit_code_of(pid_t pid) {
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
  return WIFSIGNALED(status) ? signal_exit_base + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace

Result<Child> Child::start(const ChildOptions& options) {
  if (options.arguments.empty()) {
    return Error(Errc::invalid_argument, "a child needs a program: arguments are empty");
  }
  Plan plan;
  std::vector<std::string> arguments = options.arguments;
  std::vector<std::string> environment = merged_environment(options);
  plan.arguments = pointers(arguments);
  plan.environment = pointers(environment);
  plan.parent = ::getpid();
  plan.fixed_layout = options.layout == AddressLayout::fixed;
  const Opened input(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  const Opened output(options.output_path.empty()
                          ? -1
                          : ::open(options.output_path.c_str(),
                                   O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, log_mode));
  if (!options.output_path.empty() && output.number() < 0) {
    return Error(Errc::storage_failed,
                 "the output file '" + options.output_path + "': " + std::strerror(errno));
  }
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return Error(Errc::refused, "no pipe for a child");
  const Opened report(ends[0]);
  Opened report_end(ends[1]);
  plan.input = input.number();
  plan.output = output.number();
  plan.report = report_end.number();

  const pid_t pid = ::fork();
  if (pid < 0) return Error(Errc::refused, std::string("fork: ") + std::strerror(errno));
  if (pid == 0) become(plan);
  report_end.close();
  Mishap mishap{};
  ssize_t got = -1;
  do got = ::read(report.number(), &mishap, sizeof mishap);
  while (got < 0 && errno == EINTR);
  if (got != sizeof mishap) return Child(pid);
  exit_code_of(pid);
  return explain(options, mishap);
}

Child::Child(Child&& other) noexcept
    : pid_(std::exchange(other.pid_, 0)), reaped_(other.reaped_), exit_code_(other.exit_code_) {}

Child& Child::operator=(Child&& other) noexcept {
  std::swap(pid_, other.pid_);
  std::swap(reaped_, other.reaped_);
  std::swap(exit_code_, other.exit_code_);
  return *this;
}

Child::~Child() {
  if (pid_ == 0 || reaped_) return;
  kill();
  exit_code_of(static_cast<pid_t>(pid_));
}

void Child::signal(int number) noexcept {
  if (pid_ != 0 && !reaped_) ::kill(static_cast<pid_t>(pid_), number);
}

void Child::kill() noexcept { signal(SIGKILL); }
void Child::terminate() noexcept { signal(SIGTERM); }
void Child::resume() noexcept { signal(SIGCONT); }

// A signal is delivered some time later, and a SIGTERM sent meanwhile would overtake the SIGSTOP:
// so this waits until the child stands still, or has ended.
void Child::pause() noexcept {
  if (pid_ == 0 || reaped_) return;
  signal(SIGSTOP);
  siginfo_t info{};
  while (::waitid(P_PID, static_cast<id_t>(pid_), &info, WSTOPPED | WEXITED | WNOWAIT) != 0) {
    if (errno != EINTR) return;
  }
}

Result<int> Child::wait(Duration limit) {
  if (pid_ == 0) return Error(Errc::invalid_argument, "this child was moved away");
  if (reaped_) return exit_code_;
  const auto pid = static_cast<pid_t>(pid_);
  if (!ended_within(pid, limit)) {
    return Error(Errc::timeout, "process " + std::to_string(pid_) + " still runs");
  }
  exit_code_ = exit_code_of(pid);
  reaped_ = true;
  return exit_code_;
}

}  // namespace pre::native
