// The common ground of all clients of one run, in either world: what they recorded, how many are
// done, and the first thing that went wrong.
#pragma once

#include <atomic>
#include <optional>

#include <preordain/base/spin_lock.hpp>
#include <preordain/scenario/run.hpp>

namespace pre {

// What broke first.
struct Breach {
  Verdict verdict;
  std::string property;
  std::string text;
  std::string node;
  Instant when;
};

class StageHost {
 public:
  StageHost(const Scenario& played, std::vector<std::string> names, Instant end)
      : scenario(played), nodes(std::move(names)), until(end) {}

  const Scenario& scenario;
  const std::vector<std::string> nodes;
  const Instant until;  // when faults and workload end

  // All thread-safe.
  void record(Operation operation);
  void breach(Breach breach);
  bool broken() const noexcept { return broken_.load(std::memory_order_acquire); }
  void client_done() noexcept { done_.fetch_add(1, std::memory_order_acq_rel); }
  bool clients_done() const noexcept {
    return done_.load(std::memory_order_acquire) >= scenario.clients;
  }
  void finale_done() noexcept { finale_done_.store(true, std::memory_order_release); }
  bool finished() const noexcept { return finale_done_.load(std::memory_order_acquire); }

  // Starts the clients, or the finale, on the clients' system.
  void run_clients(System& system, Remoting& remoting);
  void run_finale(System& system, Remoting& remoting);
  // Runs a node's program; what escapes from it is a breach.
  void run_program(System& system, std::string node);

  // After the run: judges the history and fills in what the clients know.
  void judge(Report& report);

 private:
  SpinLock lock_;
  History history_;
  std::optional<Breach> breach_;
  std::atomic<bool> broken_{false};
  std::atomic<unsigned> done_{0};
  std::atomic<bool> finale_done_{false};
};

inline constexpr const char* clients_node = "clients";

std::vector<std::string> node_names(unsigned count);

}  // namespace pre
