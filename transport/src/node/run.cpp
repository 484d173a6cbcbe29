#include <preordain/node/run.hpp>

#include <cstdio>
#include <optional>

#include <preordain/base/spin_lock.hpp>
#include <preordain/native/host.hpp>
#include <preordain/native/latch.hpp>

namespace pre::native {

namespace {

class LatchWake final : public seam::Wake {
 public:
  void wake() noexcept override { latch.set(); }
  Latch latch;
};

// What a person looking into the node's log wants to see; the rest is for simulators.
void write_log(const seam::Event& event) {
  using seam::EventKind;
  if (event.kind != EventKind::log && event.kind != EventKind::failed &&
      event.kind != EventKind::link && event.kind != EventKind::dead_letter) {
    return;
  }
  const std::string_view kind = name_of(event.kind);
  std::printf("%.*s %.*s: %.*s\n", static_cast<int>(kind.size()), kind.data(),
              static_cast<int>(event.what.size()), event.what.data(),
              static_cast<int>(event.text.size()), event.text.data());
  std::fflush(stdout);
}

// How the program's start went; written in its slot, read when no turn runs any more.
struct Start {
  Host& host;
  std::optional<Error> failure;
};

Task<> guarded(Start& start, System& system, Program program) {
  try {
    co_await program(system);
  } catch (const Failure& failure) {
    start.failure = failure.error();
  } catch (...) {
    start.failure = Error(Errc::actor_failed, describe(std::current_exception()));
  }
  if (start.failure) start.host.request_stop();
}

Options host_options(RunOptions& options) {
  Options host{.node_name = std::move(options.name),
               .workers = options.workers,
               .data_directory = std::move(options.data),
               .trace = write_log};
  if (!options.listen.empty()) host.settings["PRE_LISTEN"] = std::move(options.listen);
  if (!options.cluster.empty()) host.settings["PRE_CLUSTER"] = std::move(options.cluster);
  if (!options.peers.empty()) host.settings["PRE_PEERS"] = std::move(options.peers);
  return host;
}

}  // namespace

Result<void> run_until_stopped(Program program, RunOptions options) {
  Host host(host_options(options));
  Start start{host, {}};
  LatchWake stopped;
  System system(host.environment());
  system.run("program", [&start, &system, program] { return guarded(start, system, program); });
  host.wait_for_stop();
  system.stop(&stopped);
  constexpr Duration patience = 10s;  // then the actors that still hang are left to the destructor
  const bool graceful = stopped.latch.wait_for(patience);
  host.quiesce();
  if (start.failure) return *start.failure;
  if (!graceful) return Error(Errc::timeout, "some actors did not stop within 10 s");
  return {};
}

int run(Program program, RunOptions options) {
  Result<void> ran{};
  try {
    ran = run_until_stopped(program, std::move(options));
  } catch (const Failure& failure) {
    ran = failure.error();
  }
  if (ran) return 0;
  std::fprintf(stderr, "error: %s\n", ran.error().detail.c_str());
  return 2;
}

}  // namespace pre::native
