#include "event_log.hpp"

#include <cstdio>

namespace pre::cli {

std::string line_of(const sim::Record& record) {
  char head[160];
  const auto ns = record.time.time_since_epoch().count();
  const long long node =
      record.node == sim::no_node ? -1 : static_cast<long long>(record.node.value) + 1;
  std::snprintf(
      head, sizeof head, "%llu %lld.%09lld node %lld %s actor %llu digest %016llx",
      static_cast<unsigned long long>(record.seq), static_cast<long long>(ns / 1'000'000'000),
      static_cast<long long>(ns % 1'000'000'000), node, std::string(name_of(record.kind)).c_str(),
      static_cast<unsigned long long>(record.actor),
      static_cast<unsigned long long>(record.digest));
  std::string line = head;
  if (!record.what.empty()) line += " " + std::string(record.what);
  if (!record.text.empty()) line += " " + std::string(record.text);
  return line + "\n";
}

Function<void(const sim::Record&)> log_into(std::string& out) {
  return [&out](const sim::Record& record) { out += line_of(record); };
}

}  // namespace pre::cli
