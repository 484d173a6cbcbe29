// pre replay: a failing run again, exactly.
#include <cstdio>

#include <preordain/native/files.hpp>

#include "card.hpp"
#include "commands.hpp"
#include "event_log.hpp"
#include "names.hpp"
#include "story.hpp"

namespace pre::cli {

Exit replay(const ReplayOptions& options) {
  Result<Handle> handle = parse_handle(options.handle);
  if (!handle) {
    complain(handle.error().detail);
    return Exit::usage;
  }
  const std::vector<Scenario> chosen = select({handle->scenario});
  if (chosen.size() != 1) {
    complain(no_match({handle->scenario}));
    return Exit::nothing_ran;
  }
  Report report;
  std::string log;
  for (unsigned i = 0; i < options.times; ++i) {
    log.clear();
    sim::Options play{.seed = handle->seed, .observer = {}};
    if (!options.events.empty()) play.observer = log_into(log);
    report = sim::run(chosen.front(), std::move(play));
    if (report.hash == handle->hash) continue;
    complain("the run differs from the recorded one: hash " + report.handle() + " instead of " +
             options.handle + ". Another version of the program? If not: pre doctor " +
             handle->scenario);
    return Exit::not_deterministic;
  }
  if (!options.events.empty()) {
    if (Result<void> written = native::write_file(options.events, log); !written) {
      complain(written.error().detail);
      return Exit::usage;
    }
  }
  std::printf("replayed %u of %u times with equal hashes\n", options.times, options.times);
  std::fputs(report.ok ? "ok: nothing broke in this run\n"
                       : card(report, last_steps(chosen.front(), report)).c_str(),
             stdout);
  return exit_for(report.verdict);
}

}  // namespace pre::cli
