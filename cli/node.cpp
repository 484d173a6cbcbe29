// pre node: this process as one node of a scenario, on real sockets.
#include "commands.hpp"
#include "names.hpp"

namespace pre::cli {

Exit node(const NodeOptions& options) {
  const std::vector<Scenario> chosen = select({options.scenario});
  if (chosen.size() != 1) {
    complain(no_match({options.scenario}));
    return Exit::nothing_ran;
  }
  const Result<void> ran =
      live::node(chosen.front(), {options.name, options.listen, options.peers, options.data});
  if (ran) return Exit::ok;
  complain(ran.error().detail);
  return Exit::usage;
}

}  // namespace pre::cli
