#include "names.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "catalogue.hpp"

namespace pre::cli {

namespace {

// Levenshtein distance, two rows.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t up = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      diagonal = up;
    }
  }
  return row[b.size()];
}

}  // namespace

bool matches(std::string_view pattern, std::string_view name) {
  std::size_t p = 0;
  std::size_t n = 0;
  std::size_t star = std::string_view::npos;
  std::size_t resume = 0;
  while (n < name.size()) {
    if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == name[n])) {
      ++p, ++n;
    } else if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

void set_nodes(Scenario& scenario, unsigned nodes) {
  scenario.nodes = nodes;
  scenario.name += "@" + std::to_string(nodes);
}

namespace {

// "ledger@5": exactly one scenario, with that many nodes.
std::optional<Scenario> with_nodes(std::string_view pattern) {
  const auto at = pattern.rfind('@');
  if (at == std::string_view::npos) return std::nullopt;
  unsigned nodes = 0;
  const std::string_view digits = pattern.substr(at + 1);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), nodes);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  if (nodes < 1 || nodes > nodes_max) return std::nullopt;
  for (Scenario& scenario : catalogue::all()) {
    if (scenario.name != pattern.substr(0, at)) continue;
    set_nodes(scenario, nodes);
    return std::move(scenario);
  }
  return std::nullopt;
}

}  // namespace

std::vector<Scenario> select(const std::vector<std::string>& patterns) {
  std::vector<Scenario> chosen;
  for (const std::string& pattern : patterns) {
    if (auto scenario = with_nodes(pattern)) chosen.push_back(*std::move(scenario));
  }
  for (Scenario& scenario : catalogue::all()) {
    const bool wanted = std::any_of(patterns.begin(), patterns.end(), [&](const std::string& p) {
      return scenario.planted ? p == scenario.name : p == "all" || matches(p, scenario.name);
    });
    if (wanted) chosen.push_back(std::move(scenario));
  }
  return chosen;
}

std::string nearest(std::string_view typed) {
  std::string best;
  std::size_t least = typed.size() / 3 + 2;
  for (const Scenario& scenario : catalogue::all()) {
    const std::size_t d = distance(typed, scenario.name);
    if (d < least) {
      least = d;
      best = scenario.name;
    }
  }
  return best;
}

std::string no_match(const std::vector<std::string>& patterns) {
  std::string typed;
  for (const std::string& p : patterns) typed += (typed.empty() ? "" : " ") + p;
  std::string text = "no scenario matches '" + typed + "'.";
  const std::string near = nearest(typed);
  if (!near.empty()) text += " Did you mean '" + near + "'?";
  return text + " See: pre list";
}

}  // namespace pre::cli
