// One node of a scenario as a process: what `pre node` runs.
#include <preordain/native/host.hpp>
#include <preordain/native/latch.hpp>

#include <cstdio>

#include "stage_host.hpp"

namespace pre::live {

namespace {

class LatchWake final : public seam::Wake {
 public:
  void wake() noexcept override { latch.set(); }
  native::Latch latch;
};

// What a person looking into the node's log wants to see; the rest is for simulators.
void write_log(const seam::Event& event) {
  using seam::EventKind;
  if (event.kind != EventKind::log && event.kind != EventKind::failed &&
      event.kind != EventKind::link && event.kind != EventKind::dead_letter) {
    return;
  }
  std::printf("%.*s %.*s: %.*s\n", static_cast<int>(name_of(event.kind).size()),
              name_of(event.kind).data(), static_cast<int>(event.what.size()), event.what.data(),
              static_cast<int>(event.text.size()), event.text.data());
  std::fflush(stdout);
}

struct Start {
  native::Host& host;
  SpinLock lock;
  std::optional<Error> failure;
};

Task<> guarded(Start& start, System& system, Program program) {
  try {
    co_await program(system);
  } catch (const Failure& failure) {
    SpinGuard guard(start.lock);
    start.failure = failure.error();
  } catch (const std::exception& e) {
    SpinGuard guard(start.lock);
    start.failure = Error(Errc::actor_failed, e.what());
  }
  SpinGuard guard(start.lock);
  if (start.failure) start.host.request_stop();
}

}  // namespace

Result<void> node(const Scenario& scenario, const NodeOptions& options) {
  native::Host host({.node_name = options.name,
                     .data_directory = options.data,
                     .settings = {{"PRE_LISTEN", options.listen},
                                  {"PRE_CLUSTER", scenario.name},
                                  {"PRE_PEERS", options.peers}},
                     .trace = write_log});
  Start start{host, {}, {}};
  LatchWake stopped;
  System system(host.environment());
  system.run("program",
             [&start, &system, &scenario] { return guarded(start, system, scenario.program); });
  host.wait_for_stop();
  system.stop(&stopped);
  constexpr Duration patience = 10s;  // then the actors that still hang are left to the destructor
  const bool graceful = stopped.latch.wait_for(patience);
  host.stop_workers();
  if (start.failure) return *start.failure;
  if (!graceful) return Error(Errc::timeout, "some actors did not stop within 10 s");
  return {};
}

}  // namespace pre::live
