#include "script.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

namespace pre::script {
namespace {

constexpr std::string_view dashes = "----";

struct Unit {
  std::string_view name;
  Duration size;
};
constexpr std::array<Unit, 5> units = {Unit{"min", 1min}, Unit{"s", 1s}, Unit{"ms", 1ms},
                                       Unit{"us", 1us}, Unit{"ns", Duration(1)}};

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> out;
  std::istringstream in{std::string(text)};
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

bool is_comment(std::string_view line) { return line.empty() || line.starts_with('#'); }

}  // namespace

std::string Command::text(const std::string& key, std::string fallback) const {
  const auto at = args.find(key);
  return at == args.end() ? fallback : at->second;
}

std::uint64_t Command::number(const std::string& key, std::uint64_t fallback) const {
  const auto at = args.find(key);
  return at == args.end() ? fallback : std::stoull(at->second, nullptr, 0);
}

Command parse_command(std::string_view line) {
  std::istringstream in{std::string(line)};
  Command out;
  in >> out.name;
  for (std::string word; in >> word;) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos) {
      out.words.push_back(word);
    } else {
      out.args[word.substr(0, equals)] = word.substr(equals + 1);
    }
  }
  return out;
}

Duration parse_duration(std::string_view text) {
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  const std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
  const auto at = std::find_if(units.begin(), units.end(),
                               [&](const Unit& candidate) { return candidate.name == unit; });
  if (error != std::errc{} || at == units.end()) {
    throw std::invalid_argument("not a duration: " + std::string(text));
  }
  return count * at->size;
}

std::string text_of(Duration duration) {
  if (duration == Duration::zero()) return "0s";
  for (const Unit& unit : units) {
    if (duration % unit.size == Duration::zero()) {
      return std::to_string(duration / unit.size) + std::string(unit.name);
    }
  }
  return {};
}

std::string replay(std::string_view script, const Handler& handler) {
  std::string out;
  std::string printed;
  bool in_expected = false;
  for (const std::string& line : lines_of(script)) {
    if (in_expected) {
      if (!line.empty()) continue;  // the old output
      in_expected = false;
    }
    out += line + "\n";
    if (line == dashes) {
      out += printed.empty() ? "(nothing)\n" : printed;
      printed.clear();
      in_expected = true;
    } else if (!is_comment(line)) {
      printed += handler(parse_command(line));
    }
  }
  return out;
}

std::string first_difference(std::string_view expected, std::string_view actual) {
  const std::vector<std::string> left = lines_of(expected);
  const std::vector<std::string> right = lines_of(actual);
  for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
    const std::string was = i < left.size() ? left[i] : "(the end)";
    const std::string is = i < right.size() ? right[i] : "(the end)";
    if (was != is) {
      return "line " + std::to_string(i + 1) + "\n  expected: " + was + "\n  actual:   " + is;
    }
  }
  return "no difference";
}

std::vector<std::filesystem::path> scripts_in(std::string_view directory) {
  const std::filesystem::path here = std::filesystem::path(__FILE__).parent_path();
  std::vector<std::filesystem::path> out;
  for (const auto& entry : std::filesystem::directory_iterator(here / directory)) {
    if (entry.path().extension() == ".txt") out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::invalid_argument("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void write_file(const std::filesystem::path& path, std::string_view text) {
  std::ofstream(path, std::ios::binary) << text;
}

}  // namespace pre::script
