// pre list: which scenarios there are.
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <cstdio>

#include "catalogue.hpp"
#include "commands.hpp"

namespace pre::cli {

Exit list(bool json) {
  const std::vector<Scenario> scenarios = catalogue::all();
  if (json) {
    boost::json::array out;
    for (const Scenario& s : scenarios) {
      boost::json::array invariants;
      for (const Invariant& i : s.invariants) invariants.emplace_back(i.name);
      boost::json::array checks;
      for (const Check& c : s.checks) checks.emplace_back(c.name);
      out.push_back({{"name", s.name},
                     {"about", s.about},
                     {"nodes", s.nodes},
                     {"clients", s.clients},
                     {"planted", s.planted},
                     {"invariants", std::move(invariants)},
                     {"checks", std::move(checks)}});
    }
    std::printf("%s\n", boost::json::serialize(out).c_str());
    return Exit::ok;
  }
  for (const Scenario& s : scenarios) {
    std::printf("%-16s %u nodes, %u clients   %s\n", s.name.c_str(), s.nodes, s.clients,
                s.about.c_str());
    for (const Invariant& i : s.invariants) std::printf("  always         %s\n", i.name.c_str());
    for (const Check& c : s.checks) std::printf("  at the end     %s\n", c.name.c_str());
  }
  return Exit::ok;
}

}  // namespace pre::cli
