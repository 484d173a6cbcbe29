// The command line: what is said, to options; what comes back, to an exit code.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "commands.hpp"
#include "names.hpp"

namespace pre::cli {
namespace {

// What the command line said, and what the chosen command answered.
struct Command {
  RunOptions run;
  ReplayOptions replay;
  DoctorOptions doctor;
  NodeOptions node;
  bool json = false;
  Exit exit = Exit::ok;
};

void add_run(CLI::App& app, Command& command) {
  RunOptions& o = command.run;
  auto* run =
      app.add_subcommand("run", "Run scenarios: many seeds in the simulator, or on sockets");
  run->add_option("scenario", o.patterns, "Names; * and ? match; 'all' means all")->required();
  run->add_option("--seeds", o.seeds, "How many seeds")
      ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{1'000'000'000}));
  run->add_option("--seed", o.seed, "The first seed");
  run->add_flag("--keep-going", o.keep_going, "Go on after a failure");
  run->add_option("--transport", o.transport, "sim or tcp")->check(CLI::IsMember({"sim", "tcp"}));
  run->add_option("--nodes", o.nodes, "Instead of the scenario's own number")
      ->check(CLI::Range(1U, nodes_max));
  run->add_option("--for", o.duration, "With --transport tcp: how long, 30s or 2min");
  run->add_option("--jsonl", o.jsonl, "Write one JSON object a line to this file, or -");
  run->add_option("--junit", o.junit, "Write a JUnit file");
  run->add_flag("--hashes", o.hashes, "Print the handle of every seed");
  run->add_option("--events", o.events, "Write every event of the first seed to this file");
  run->add_option("--dir", o.work_directory,
                  "With --transport tcp: where nodes keep files and logs");
  run->callback([&command] { command.exit = cli::run(command.run); });
}

void add_showing(CLI::App& app, Command& command) {
  ReplayOptions& r = command.replay;
  auto* list = app.add_subcommand("list", "Show the scenarios");
  list->add_flag("--json", command.json, "For machines");
  list->callback([&command] { command.exit = cli::list(command.json); });

  auto* replay = app.add_subcommand("replay", "Run a failing seed again, exactly");
  replay->add_option("handle", r.handle, "pre1:scenario:seed:hash, as printed by a failure")
      ->required();
  replay->add_option("--times", r.times, "How often")->check(CLI::Range(1U, 1000U));
  replay->add_option("--events", r.events, "Write every event to this file");
  replay->callback([&command] { command.exit = cli::replay(command.replay); });

  auto* demo = app.add_subcommand("demo", "A tour: a cluster that holds, and a planted bug found");
  demo->callback([&command] { command.exit = cli::demo(); });
}

void add_others(CLI::App& app, Command& command) {
  DoctorOptions& d = command.doctor;
  NodeOptions& n = command.node;
  auto* doctor = app.add_subcommand("doctor", "Check that a scenario is deterministic");
  doctor->add_option("scenario", d.scenario, "Its name")->required();
  doctor->add_option("--seeds", d.seeds, "How many seeds")
      ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{1'000'000'000}));
  doctor->add_option("--seed", d.seed, "The first seed");
  doctor->add_option("--against", d.against, "Other builds of this program to compare with");
  doctor->callback([&command] { command.exit = cli::doctor(command.doctor); });

  auto* node = app.add_subcommand("node", "Be one node of a scenario, until SIGTERM");
  node->add_option("scenario", n.scenario, "Its name")->required();
  node->add_option("--name", n.name, "n1, n2, ...")->required();
  node->add_option("--listen", n.listen, "host:port")->required();
  node->add_option("--peers", n.peers, "n1=host:port,n2=...");
  node->add_option("--data", n.data, "Directory for its files")->required();
  node->callback([&command] { command.exit = cli::node(command.node); });
}

bool has_command(CLI::App& app, std::string_view name) {
  const auto same = [&](const CLI::App* command) { return command->get_name() == name; };
  return !app.get_subcommands(same).empty();
}

int main(int argc, char** argv) {
  CLI::App app{"Same seed, same fate: rehearse a cluster in the simulator, run it on sockets.",
               "pre"};
  app.require_subcommand(1);
  Command command;
  add_run(app, command);
  add_showing(app, command);
  add_others(app, command);
  if (argc > 1 && argv[1][0] != '-' && !has_command(app, argv[1])) {
    complain("there is no command '" + std::string(argv[1]) + "'. See: pre --help");
    return static_cast<int>(Exit::usage);
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp& help) {
    return app.exit(help);
  } catch (const CLI::ParseError& error) {
    complain(std::string(error.what()) + ". See: pre --help");
    return static_cast<int>(Exit::usage);
  } catch (const std::exception& error) {
    complain(std::string("internal: ") + error.what());
    return static_cast<int>(Exit::internal);
  } catch (const Failure& failure) {
    complain(failure.error().text());
    return static_cast<int>(Exit::usage);
  }
  return static_cast<int>(command.exit);
}

}  // namespace
}  // namespace pre::cli

int main(int argc, char** argv) { return pre::cli::main(argc, argv); }
