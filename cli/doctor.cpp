// pre doctor: is a scenario deterministic? The same seeds in processes whose surroundings differ,
// and, if asked, in other builds of the program; every hash must be the same. If not: the first
// event that differs.
#include <cstdio>
#include <deque>
#include <sstream>

#include <preordain/native/files.hpp>
#include <preordain/native/machine.hpp>
#include <preordain/native/process.hpp>

#include "commands.hpp"
#include "names.hpp"
#include "numbers.hpp"

namespace pre::cli {

namespace {

using native::AddressLayout;
using native::ChildOptions;

// Where a process may find a difference without being allowed to care.
struct Surroundings {
  std::string name;
  std::string program;
  AddressLayout layout = AddressLayout::randomized;
  std::map<std::string, std::string, std::less<>> environment{};
};

std::vector<Surroundings> surroundings(const DoctorOptions& options) {
  const std::string self = native::self_executable();
  std::vector<Surroundings> all{
      {"as it is", self},
      {"other allocator fill, large environment",
       self,
       AddressLayout::randomized,
       {{"MALLOC_PERTURB_", "173"},
        {"MALLOC_ARENA_TEST", "1"},
        {"PRE_DOCTOR_PADDING", std::string(16'000, 'x')}}},
      {"fixed addresses, no thread cache",
       self,
       AddressLayout::fixed,
       {{"MALLOC_PERTURB_", "38"}, {"GLIBC_TUNABLES", "glibc.malloc.tcache_count=0"}}},
  };
  for (const std::string& other : options.against) all.push_back({other, other});
  return all;
}

Result<std::vector<std::string>> play(const Surroundings& where, const std::string& scratch,
                                      const std::vector<std::string>& arguments) {
  ChildOptions child{.arguments = {where.program},
                     .environment = where.environment,
                     .output_path = scratch + "/out",
                     .layout = where.layout};
  child.arguments.insert(child.arguments.end(), arguments.begin(), arguments.end());
  Result<native::Child> started = native::Child::start(child);
  if (!started && where.layout == AddressLayout::fixed) {
    child.layout = AddressLayout::randomized;  // a sandbox forbids it: one difference less
    started = native::Child::start(child);
  }
  if (!started) return started.error();
  const Result<int> code = started->wait(30min);
  if (!code) return code.error();
  Result<std::string> text = native::read_file(child.output_path);
  if (!text) return text.error();
  std::vector<std::string> lines;
  std::istringstream in(*text);
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("pre1:")) lines.push_back(line);
  }
  if (lines.empty()) {
    return Error(Errc::invalid_argument, where.program + " printed no hashes (code " +
                                             std::to_string(*code) + "): " + text->substr(0, 200));
  }
  return lines;
}

Result<std::string> event_log(const Surroundings& where, const std::string& scratch,
                              const std::string& scenario, std::uint64_t seed) {
  const std::string path = scratch + "/events";
  const auto played =
      play(where, scratch, {"run", scenario, "--seed", std::to_string(seed), "--events", path});
  if (!played) return played.error();
  return native::read_file(path);
}

// Prints the last common events, and the two that differ. False: the logs agree.
bool name_divergence(const std::string& one, const std::string& other) {
  std::istringstream a(one);
  std::istringstream b(other);
  constexpr std::size_t shown_max = 6;
  std::deque<std::string> before;
  std::string x;
  std::string y;
  for (;;) {
    const bool more_a = static_cast<bool>(std::getline(a, x));
    const bool more_b = static_cast<bool>(std::getline(b, y));
    if (more_a && more_b && x == y) {
      before.push_back(x);
      if (before.size() > shown_max) before.pop_front();
      continue;
    }
    if (!more_a && !more_b) {
      return false;
    }
    std::printf("  last common events\n");
    for (const std::string& line : before) std::printf("    %s\n", line.c_str());
    std::printf("  then, in the first run\n    %s\n  and in the second\n    %s\n",
                more_a ? x.c_str() : "(it ended)", more_b ? y.c_str() : "(it ended)");
    return true;
  }
}

class Doctor {
 public:
  Doctor(const DoctorOptions& options, std::string scenario, std::string scratch)
      : options_(options), scenario_(std::move(scenario)), scratch_(std::move(scratch)) {}

  Exit run() {
    const std::vector<Surroundings> all = surroundings(options_);
    const std::vector<std::string> arguments{"run",      scenario_,
                                             "--hashes", "--keep-going",
                                             "--seeds",  std::to_string(options_.seeds),
                                             "--seed",   std::to_string(options_.seed)};
    std::vector<std::string> first;
    for (const Surroundings& where : all) {
      auto lines = play(where, scratch_, arguments);
      if (!lines) {
        complain(lines.error().detail);
        return Exit::usage;
      }
      std::printf("  %-45s %s runs\n", where.name.c_str(), grouped(lines->size()).c_str());
      std::fflush(stdout);
      if (first.empty()) {
        first = *std::move(lines);
      } else if (*lines != first) {
        return diverged(all.front(), where, first, *lines);
      }
    }
    std::printf("ok %s is deterministic: %s seeds, %zu surroundings, equal hashes\n",
                scenario_.c_str(), grouped(first.size()).c_str(), all.size());
    return Exit::ok;
  }

 private:
  Exit diverged(const Surroundings& one, const Surroundings& other,
                const std::vector<std::string>& a, const std::vector<std::string>& b) {
    std::size_t i = 0;
    while (i < a.size() && i < b.size() && a[i] == b[i]) ++i;
    const std::uint64_t seed = options_.seed + i;
    std::printf("x %s is not deterministic: seed %llu ends differently in '%s'\n",
                scenario_.c_str(), static_cast<unsigned long long>(seed), other.name.c_str());
    constexpr int tries = 5;  // what diverged once may agree by chance when it is run again
    for (int attempt = 0; attempt < tries; ++attempt) {
      const auto log_a = event_log(one, scratch_, scenario_, seed);
      const auto log_b = event_log(other, scratch_, scenario_, seed);
      if (log_a && log_b && name_divergence(*log_a, *log_b)) return Exit::not_deterministic;
    }
    std::printf("  the event logs of %d more runs agree: the divergence comes and goes\n", tries);
    return Exit::not_deterministic;
  }

  const DoctorOptions& options_;
  const std::string scenario_;
  const std::string scratch_;
};

}  // namespace

Exit doctor(const DoctorOptions& options) {
  const std::vector<Scenario> chosen = select({options.scenario});
  if (chosen.size() != 1) {
    complain(no_match({options.scenario}));
    return Exit::nothing_ran;
  }
  Result<std::string> scratch = native::make_temporary_directory("pre-doctor-");
  if (!scratch) {
    complain(scratch.error().detail);
    return Exit::usage;
  }
  const Exit exit = Doctor(options, chosen.front().name, *scratch).run();
  (void)native::remove_tree(*scratch);
  return exit;
}

}  // namespace pre::cli
