// One function per command; the options are what the command line said.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "exit_code.hpp"

namespace pre::cli {

struct RunOptions {
  std::vector<std::string> patterns{};  // scenario names, '*' allowed
  std::uint64_t seeds = 1000;
  std::uint64_t seed = 1;   // the first
  bool keep_going = false;  // all seeds, not only up to the first failure
  std::string transport = "sim";
  unsigned nodes = 0;            // 0: as the scenario says
  std::string duration{};        // "--for": of a run on sockets
  std::string jsonl{};           // file, or "-"
  std::string junit{};           // file
  bool hashes = false;           // one line per seed: what the doctor compares
  std::string events{};          // file: every event of the first seed
  std::string work_directory{};  // where the nodes of a run on sockets keep their files
};
Exit run(const RunOptions& options);

Exit list(bool json);

struct ReplayOptions {
  std::string handle{};
  unsigned times = 1;
  std::string events{};
};
Exit replay(const ReplayOptions& options);

Exit demo();

struct DoctorOptions {
  std::string scenario{};
  std::uint64_t seeds = 200;
  std::uint64_t seed = 1;
  std::vector<std::string> against{};  // other builds of this program
};
Exit doctor(const DoctorOptions& options);

struct NodeOptions {
  std::string scenario{};
  std::string name{};
  std::string listen{};
  std::string peers{};
  std::string data{};
};
// One node of a scenario as this process; ends at SIGTERM.
Exit node(const NodeOptions& options);

}  // namespace pre::cli
