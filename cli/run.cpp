// pre run: many seeds of some scenarios in the simulator, or one run of one on sockets.
#include <cstdio>

#include <preordain/native/files.hpp>
#include <preordain/native/interrupt.hpp>
#include <preordain/native/machine.hpp>

#include "card.hpp"
#include "commands.hpp"
#include "event_log.hpp"
#include "names.hpp"
#include "numbers.hpp"
#include "progress.hpp"
#include "sinks.hpp"
#include "story.hpp"

namespace pre::cli {

namespace {

// To standard output, unless that is where the JSON lines go.
void print(const RunOptions& options, const std::string& text) {
  std::fputs(text.c_str(), options.jsonl == "-" ? stderr : stdout);
}

Exit sweep(const Scenario& scenario, const RunOptions& options, Sinks& sinks) {
  sim::Rehearsal rehearsal(scenario);
  sinks.begin(scenario, options.seed, options.seeds);
  Exit exit = Exit::ok;
  std::uint64_t failed = 0;
  const native::Stopwatch watch;
  Progress progress(scenario.name, options.seeds);
  const native::Interrupt interrupt;
  for (std::uint64_t i = 0; i < options.seeds && !interrupt.requested(); ++i) {
    Report report = rehearsal.run({.seed = options.seed + i, .observer = {}});
    progress.add(report.simulated, report.events);
    if (options.hashes) print(options, report.handle() + "\n");
    if (report.ok) continue;
    ++failed;
    if (exit == Exit::ok) exit = exit_for(report.verdict);
    sinks.failure(report);
    progress.clear();
    if (!options.hashes) print(options, card(report, last_steps(scenario, report)));
    if (!options.keep_going) break;
  }
  progress.clear();
  sinks.end(scenario.name, progress.done(), failed,
            std::chrono::duration<double>(watch.elapsed()).count());
  // A failure's last line is its replay command, so the summary of a failed sweep is for the eye
  // only.
  const std::string line = (failed == 0 ? "ok " : "x  ") + scenario.name + "   " +
                           std::to_string(failed) + (failed == 1 ? " failure" : " failures") +
                           ", " + progress.summary() + "\n";
  if (failed == 0 && !options.hashes) print(options, line);
  if (failed != 0) std::fputs(line.c_str(), stderr);
  return interrupt.requested() ? Exit::interrupted : exit;
}

Exit write_events(const Scenario& scenario, const RunOptions& options) {
  std::string log;
  const Report report = sim::run(scenario, {.seed = options.seed, .observer = log_into(log)});
  if (Result<void> written = native::write_file(options.events, log); !written) {
    complain(written.error().detail);
    return Exit::usage;
  }
  print(options,
        report.handle() + "   " + grouped(report.events) + " events in " + options.events + "\n");
  return exit_for(report.verdict);
}

Exit on_sockets(Scenario scenario, const RunOptions& options) {
  live::Options live{.seed = options.seed,
                     .command = {native::self_executable(), "node", scenario.name},
                     .directory = options.work_directory,
                     .say = [&](std::string_view text) {
                       std::fprintf(stderr, "  %.*s\n", static_cast<int>(text.size()), text.data());
                     }};
  if (options.nodes != 0) scenario.nodes = options.nodes;
  if (!options.duration.empty()) {
    Result<Duration> duration = parse_duration(options.duration);
    if (!duration) {
      complain("--for: " + duration.error().detail);
      return Exit::usage;
    }
    live.duration = *duration;
  }
  const bool temporary = live.directory.empty();
  if (temporary) {
    Result<std::string> made = native::make_temporary_directory("pre-run-");
    if (!made) {
      complain(made.error().detail);
      return Exit::usage;
    }
    live.directory = *made;
  }
  if (Result<void> made = native::make_directories(live.directory); !made) {
    complain(made.error().detail);
    return Exit::usage;
  }
  const std::string directory = live.directory;
  Result<Report> report = live::run(scenario, std::move(live));
  if (!report) {
    complain(report.error().detail);
    return report.error().code == Errc::cancelled ? Exit::interrupted : Exit::usage;
  }
  if (!report->ok) {
    print(options, "x " + report->property + "   (" + std::string(name_of(report->verdict)) +
                       ")\n  WHAT    " + report->text +
                       "\n  WHEN    t=" + seconds(report->when.time_since_epoch()) +
                       "\n  WHERE   " + report->node + "\n  LOGS    " + directory + "\n");
    return exit_for(report->verdict);
  }
  print(options, "ok on sockets: " + scenario.name + ", " + std::to_string(scenario.nodes) +
                     " processes, " + grouped(report->operations) + " operations in " +
                     short_duration(report->simulated) + ", checks held\n");
  if (temporary) (void)native::remove_tree(directory);  // a run that went well leaves nothing
  return Exit::ok;
}

}  // namespace

void complain(std::string_view text) {
  std::fprintf(stderr, "error: %.*s\n", static_cast<int>(text.size()), text.data());
}

Exit run(const RunOptions& options) {
  std::vector<Scenario> chosen = select(options.patterns);
  if (chosen.empty()) {
    complain(no_match(options.patterns));
    return Exit::nothing_ran;
  }
  if (options.transport == "tcp") {
    if (chosen.size() != 1) {
      complain("--transport tcp runs one scenario at a time; name it in full");
      return Exit::usage;
    }
    if (!options.jsonl.empty() || !options.junit.empty() || !options.events.empty() ||
        options.hashes || options.keep_going) {
      complain("--jsonl, --junit, --events, --hashes and --keep-going go with the simulator only");
      return Exit::usage;
    }
    return on_sockets(chosen.front(), options);
  }
  if (options.nodes != 0) {
    for (Scenario& scenario : chosen) set_nodes(scenario, options.nodes);
  }
  if (!options.events.empty()) return write_events(chosen.front(), options);
  Result<Sinks> sinks = Sinks::open(options.jsonl, options.junit);
  if (!sinks) {
    complain(sinks.error().detail);
    return Exit::usage;
  }
  Exit worst = Exit::ok;
  for (Scenario& scenario : chosen) {
    const Exit exit = sweep(scenario, options, *sinks);
    if (worst == Exit::ok || exit == Exit::interrupted) worst = exit;
    if (exit == Exit::interrupted) break;
  }
  if (Result<void> written = sinks->finish(); !written) {
    complain(written.error().detail);
    return Exit::usage;
  }
  return worst;
}

}  // namespace pre::cli
