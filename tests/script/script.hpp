// Script tests, after the data-driven tests of etcd's raft: a protocol told as a play. A script is
// blocks of commands, a line of dashes, and what they must print:
//
//   # comments and blank lines go where they like between blocks
//   send ask=1 deadline=5s text=hello
//   ----
//   dial
//
// A test replays the script and compares the whole text. Changed on purpose? Run the hidden test
// "[rewrite]", which writes the new outputs into the files, and read the diff.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <preordain/base/duration.hpp>

namespace pre::script {

// "send ask=1 text=hello now": name, key=value pairs, and words without '='.
struct Command {
  std::string name;
  std::map<std::string, std::string> args;
  std::vector<std::string> words;

  bool has(const std::string& key) const { return args.contains(key); }
  std::string text(const std::string& key, std::string fallback = {}) const;
  std::uint64_t number(const std::string& key, std::uint64_t fallback = 0) const;
};

Command parse_command(std::string_view line);

// "100ms", "5s", "2min" and "7ns"; throws std::invalid_argument for anything else.
Duration parse_duration(std::string_view text);
// The same, in the largest unit that is exact.
std::string text_of(Duration duration);

// What a command prints; whole lines.
using Handler = std::function<std::string(const Command&)>;

// The script with its outputs as the handler gives them: equal to the script if all is as expected.
std::string replay(std::string_view script, const Handler& handler);

// The first lines that differ, with their number, for a message.
std::string first_difference(std::string_view expected, std::string_view actual);

// The scripts of one directory beside this file, in the order of their names.
std::vector<std::filesystem::path> scripts_in(std::string_view directory);
std::string read_file(const std::filesystem::path& path);
void write_file(const std::filesystem::path& path, std::string_view text);

}  // namespace pre::script
