// A program as one node of a real cluster: what a main() calls. The program does not know where it
// runs; this does.
//
//   int main() { return pre::native::run(bank::node, {.name = "n1", .listen = "0.0.0.0:7100"}); }
#pragma once

#include <string>

#include <preordain/runtime/system.hpp>

namespace pre::native {

struct RunOptions {
  std::string name = "node";  // unique in the cluster
  std::string listen{};       // "host:port"; empty: this node only dials
  std::string cluster{};      // nodes of other clusters are turned away
  std::string peers{};        // "n1=10.0.0.1:7100,n2=10.0.0.2:7100"
  std::string data = ".";     // the directory of its files; made if it is missing
  unsigned workers = 0;       // threads; 0: one a core
};
// Options left empty are looked up in the environment: PRE_LISTEN, PRE_CLUSTER, PRE_PEERS.

// Runs the program until SIGTERM or SIGINT, then stops all actors, children before parents, within
// 10 s. Log lines, failures, connections and dead letters go to standard output. Errors: what the
// program could not do at its start (invalid_argument, already_exists for a port in use), or
// timeout if some actors did not stop. Call it from the main thread.
Result<void> run_until_stopped(Program program, RunOptions options);

// The same for a main(): 0, or 2 with one line on standard error.
int run(Program program, RunOptions options);

}  // namespace pre::native
