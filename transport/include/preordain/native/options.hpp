// What a real node is told before it starts.
#pragma once

#include <map>
#include <string>

#include <preordain/base/function.hpp>
#include <preordain/seam/trace.hpp>

namespace pre::native {

// Called for every event, by any thread, one call at a time. Must be quick and must not cause
// events itself: the thread that reports one waits for it.
using TraceSink = Function<void(const seam::Event&)>;

struct Options {
  std::string node_name = "node";
  // Threads that run turns. 0: one for every core this process may use.
  unsigned workers = 0;
  // Where Storage lives; made if it is missing.
  std::string data_directory = ".";
  // Process::setting() looks here first, and then into the environment variables.
  std::map<std::string, std::string, std::less<>> settings{};
  // Empty: Trace::wanted() is false and nobody makes digests.
  TraceSink trace{};
  // SIGTERM and SIGINT ask for a stop in good order; a second one ends the process at once (130).
  bool handle_signals = true;
};

}  // namespace pre::native
