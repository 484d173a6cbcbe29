// Running a scenario: in virtual time, or as real processes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <preordain/scenario/scenario.hpp>
#include <preordain/sim/record.hpp>

namespace pre {

enum class Verdict : std::uint8_t {
  ok,
  safety,    // an invariant, an expectation or a check broke
  liveness,  // the workload did not end in time
  crash,     // a program or a workload ended by an exception, or the world could not go on
};
std::string_view name_of(Verdict verdict) noexcept;

struct Report {
  bool ok = true;
  Verdict verdict = Verdict::ok;
  std::string scenario{};
  std::uint64_t seed = 0;
  std::string property{};   // which promise broke
  std::string text{};       // what is wrong, in words
  std::string node{};       // where it was seen
  Instant when{};           // virtual time, or time since the start
  std::uint64_t event = 0;  // how many events had happened
  // Of the whole run.
  std::uint64_t hash = 0;
  std::uint64_t events = 0;
  Duration simulated{0};
  std::vector<FaultStep> plan{};
  std::size_t operations = 0;

  // "pre1:ledger:4711:9c41e07a12ab34cd": scenario, seed and hash.
  std::string handle() const;
};

struct Handle {
  std::string scenario;
  std::uint64_t seed;
  std::uint64_t hash;
};
// The inverse of Report::handle().
Result<Handle> parse_handle(std::string_view text);

namespace sim {

struct Options {
  std::uint64_t seed = 1;
  // Called for every event: what a doctor compares and a person reads.
  Function<void(const Record&)> observer{};
};

// One seed. Deterministic: the same options give the same report, hash included.
Report run(const Scenario& scenario, Options options = {});

// The same for many seeds, on one world that is reused.
class Rehearsal {
 public:
  explicit Rehearsal(const Scenario& scenario);
  ~Rehearsal();
  Report run(Options options);

 private:
  class Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace sim

// The same scenario as real processes on this machine, over real TCP: one process per node, the
// clients in this one. Crashes are SIGKILL, pauses are SIGSTOP; cuts and power losses need a
// network and a disk that can be told what to do, and are left out (they are listed). At least one
// node is killed and started again. Invariants need eyes inside and are not checked; checks are.
namespace live {

struct Options {
  std::uint64_t seed = 1;   // of the plan; what else happens is up to the machine
  Duration duration = 30s;  // how long the workload goes on
  std::vector<std::string>
      command;            // starts a node; "--name n1 --listen .. --peers .. --data .." follow
  std::string directory;  // where the nodes keep their files and logs
  Function<void(std::string_view)> say{};  // one line for each thing that happens
};

// Call it from the main thread. No process is left behind, however it ends.
Result<Report> run(const Scenario& scenario, Options options);

struct NodeOptions {
  std::string name;
  std::string listen;  // "host:port"
  std::string peers;   // "n1=host:port,n2=..."
  std::string data;    // directory
};

// This process as one node of the scenario, until SIGTERM. Errors: what the program could not do at
// its start (an address in use, say).
Result<void> node(const Scenario& scenario, const NodeOptions& options);

}  // namespace live
}  // namespace pre
