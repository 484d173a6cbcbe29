#include "sinks.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <cstdio>

#include <preordain/native/files.hpp>

#include "card.hpp"

namespace pre::cli {

namespace {

std::string escaped(std::string_view text) {
  std::string out;
  for (char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::int64_t ns(Instant at) { return at.time_since_epoch().count(); }

}  // namespace

Result<Sinks> Sinks::open(std::string jsonl, std::string junit) {
  for (const std::string& path : {jsonl, junit}) {
    if (path.empty() || path == "-") continue;
    if (Result<void> tried = native::write_file(path, ""); !tried) return tried.error();
  }
  Sinks sinks;
  sinks.jsonl_ = std::move(jsonl);
  sinks.junit_ = std::move(junit);
  return sinks;
}

void Sinks::line(std::string text) {
  text += '\n';
  if (jsonl_ == "-") {
    std::fputs(text.c_str(), stdout);
    std::fflush(stdout);
  } else if (!jsonl_.empty()) {
    lines_ += text;
  }
}

void Sinks::begin(const Scenario& scenario, std::uint64_t seed, std::uint64_t seeds) {
  const boost::json::value event{
      {"v", 1},       {"ev", "begin"}, {"scenario", scenario.name}, {"nodes", scenario.nodes},
      {"seed", seed}, {"seeds", seeds}};
  line(boost::json::serialize(event));
}

void Sinks::failure(const Report& report) {
  failures_.push_back(report);
  const boost::json::value event{{"v", 1},
                                 {"ev", "fail"},
                                 {"scenario", report.scenario},
                                 {"property", report.property},
                                 {"kind", std::string(name_of(report.verdict))},
                                 {"text", report.text},
                                 {"node", report.node},
                                 {"t_ns", ns(report.when)},
                                 {"seed", report.seed},
                                 {"events", report.events},
                                 {"faults", report.plan.size()},
                                 {"replay", "pre replay " + report.handle()}};
  line(boost::json::serialize(event));
}

void Sinks::end(const std::string& scenario, std::uint64_t ran, std::uint64_t failed,
                double seconds) {
  const boost::json::value event{{"v", 1},       {"ev", "end"},      {"scenario", scenario},
                                 {"seeds", ran}, {"failed", failed}, {"seconds", seconds}};
  line(boost::json::serialize(event));
  cases_.push_back({scenario, ran, seconds, std::exchange(failures_, {})});
}

Result<void> Sinks::finish() {
  if (!jsonl_.empty() && jsonl_ != "-") {
    if (Result<void> written = native::write_file(jsonl_, lines_); !written) return written;
  }
  if (junit_.empty()) return {};
  std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n";
  for (const Case& c : cases_) {
    xml += "  <testsuite name=\"" + escaped(c.scenario) + "\" tests=\"1\" failures=\"" +
           std::to_string(c.failures.empty() ? 0 : 1) +
           "\">\n    <testcase classname=\"preordain\" name=\"" + escaped(c.scenario) + " (" +
           std::to_string(c.ran) + " seeds)\" time=\"" + std::to_string(c.seconds) + "\">\n";
    for (const Report& r : c.failures) {
      xml += "      <failure type=\"" + std::string(name_of(r.verdict)) + "\" message=\"" +
             escaped(r.property + ", replay: pre replay " + r.handle()) + "\">" +
             escaped(card(r, {})) + "</failure>\n";
    }
    xml += "    </testcase>\n  </testsuite>\n";
  }
  return native::write_file(junit_, xml + "</testsuites>\n");
}

}  // namespace pre::cli
