#include "card.hpp"

#include "numbers.hpp"

namespace pre::cli {

namespace {

// The steps that came before the failure; later ones cannot have caused it.
std::string faults(const Report& report) {
  constexpr std::size_t shown_max = 12;
  std::string out;
  std::size_t shown = 0;
  std::size_t before = 0;
  for (const FaultStep& step : report.plan) {
    if (Instant(step.at) > report.when) continue;
    ++before;
    if (++shown > shown_max) continue;
    std::string at = seconds(step.at);
    at.insert(0, at.size() < 9 ? 9 - at.size() : 0, ' ');
    out += "    " + at + "  " + step.fault.text() + "\n";
  }
  if (before == 0) return "    (none: the network's own delays and losses are enough)\n";
  if (before > shown_max)
    out += "              and " + std::to_string(before - shown_max) + " more\n";
  return out;
}

}  // namespace

std::string card(const Report& report, const std::vector<std::string>& steps) {
  std::string last;
  for (const std::string& step : steps) last += "    " + step + "\n";
  if (!last.empty()) last.insert(0, "  LAST    on " + report.node + "\n");
  return "x " + report.property + "   (" + std::string(name_of(report.verdict)) + ")\n" +
         "  WHAT    " + report.text + "\n" +
         "  WHEN    t=" + seconds(report.when.time_since_epoch()) + " virtual, after " +
         grouped(report.event) + " events\n" + "  WHERE   " + report.node + "\n" + "  SEED    " +
         std::to_string(report.seed) + " of " + report.scenario + ", " +
         std::to_string(report.operations) + " operations recorded\n" + "  FAULTS  until then\n" +
         faults(report) + last + "  REPLAY  pre replay " + report.handle() + "\n";
}

}  // namespace pre::cli
