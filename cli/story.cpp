#include "story.hpp"

#include <deque>

#include "numbers.hpp"

namespace pre::cli {

namespace {

constexpr std::size_t shown_max = 6;

bool telling(sim::Kind kind) {
  using seam::EventKind;
  for (const EventKind told : {EventKind::received, EventKind::failed, EventKind::restarted,
                               EventKind::stopped, EventKind::dead_letter}) {
    if (kind == sim::product_kind(told)) return true;
  }
  return kind == sim::Kind::started || kind == sim::Kind::killed;
}

// The runtime's own messages are not the user's story.
bool internal(const sim::Record& record) {
  return record.what.starts_with("pre::") || record.text.starts_with("/system/");
}

std::string line_of(const sim::Record& record) {
  std::string line =
      seconds(record.time.time_since_epoch()) + "  " + std::string(name_of(record.kind));
  if (!record.what.empty()) line += " " + std::string(record.what);
  if (!record.text.empty()) line += "  " + std::string(record.text);
  return line;
}

}  // namespace

std::vector<std::string> last_steps(const Scenario& scenario, const Report& report) {
  std::deque<std::string> last;
  std::string node_name = report.node;
  const auto watch = [&](const sim::Record& record) {
    if (record.seq > report.event || !telling(record.kind) || internal(record)) return;
    if (record.node == sim::no_node) return;
    if ("n" + std::to_string(record.node.value + 1) != node_name) return;
    last.push_back(line_of(record));
    if (last.size() > shown_max) last.pop_front();
  };
  (void)sim::run(scenario, {.seed = report.seed, .observer = watch});
  return {last.begin(), last.end()};
}

}  // namespace pre::cli
