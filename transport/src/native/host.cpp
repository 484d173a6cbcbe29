#include <preordain/native/host.hpp>

#include <optional>

#include <preordain/native/machine.hpp>

#include "native/clock.hpp"
#include "native/io_thread.hpp"
#include "native/memory.hpp"
#include "native/network.hpp"
#include "native/node_process.hpp"
#include "native/random.hpp"
#include "native/reports.hpp"
#include "native/stop_signals.hpp"
#include "native/storage.hpp"
#include "native/timers.hpp"
#include "native/worker_pool.hpp"

namespace pre::native {

// In the order of dependence: what stands below uses what stands above, and is destroyed first.
struct Host::Parts {
  explicit Parts(Options options)
      : storage(DirectoryStorage::open_at(options.data_directory).value()),
        process(std::move(options.node_name), std::move(options.settings)),
        trace(std::move(options.trace)),
        timers(io, clock),
        network(io),
        executor(options.workers == 0 ? cores() : options.workers) {
    if (options.handle_signals) signals.emplace(io, process);
  }
  // No handler and no turn may run while the parts go.
  ~Parts() { quiesce(); }
  void quiesce() {
    executor.stop();
    io.stop();
    storage->stop();
  }

  std::unique_ptr<DirectoryStorage> storage;
  HostClock clock;
  SystemRandom random;
  PooledMemory memory;
  NodeProcess process;
  SinkTrace trace;
  NoFaults faults;
  IoThread io;
  HostTimers timers;
  SocketNetwork network;
  std::optional<StopSignals> signals;
  WorkerPool executor;
  seam::Environment environment{clock,   timers,   executor, random, memory,
                                network, *storage, process,  trace,  faults};
};

Host::Host(Options options) : parts_(std::make_unique<Parts>(std::move(options))) {}

Host::~Host() = default;

seam::Environment& Host::environment() noexcept { return parts_->environment; }

void Host::wait_for_stop() { parts_->process.stop().wait(); }

bool Host::wait_for_stop(Duration limit) { return parts_->process.stop().wait_for(limit); }

void Host::request_stop() noexcept { parts_->process.request_stop(); }

void Host::quiesce() { parts_->quiesce(); }

}  // namespace pre::native
