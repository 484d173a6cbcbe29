// What a process is told by whoever started it: its name, its settings, and when to stop.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <preordain/base/ids.hpp>
#include <preordain/seam/wake.hpp>

namespace pre::seam {

class Process {
 public:
  // The node's name, unique in its cluster: "n1".
  virtual std::string_view node_name() const noexcept = 0;
  // A new number for each start of the node.
  virtual Incarnation incarnation() const noexcept = 0;
  // A setting ("PRE_LISTEN"): an environment variable in the real world.
  virtual std::optional<std::string> setting(std::string_view key) const = 0;
  // True once the node was asked to stop in good order (SIGTERM, SIGINT, or the simulator's stop).
  virtual bool stop_requested() const noexcept = 0;
  // `wake` is called when stop_requested() becomes true; nullptr to leave. One watcher at a time.
  // If the stop was requested before, the wake comes at once, maybe inside this call.
  virtual void watch_stop(Wake* wake) noexcept = 0;

 protected:
  ~Process() = default;
};

}  // namespace pre::seam
