// Every replay handle that a page shows is one of this version: a reader who types it in sees what
// the page says.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include <preordain/scenario/run.hpp>

#include "catalogue.hpp"

namespace {

std::string text_of(const std::filesystem::path& path) {
  std::ostringstream out;
  out << std::ifstream(path).rdbuf();
  return out.str();
}

std::vector<std::filesystem::path> pages() {
  std::vector<std::filesystem::path> all{PRE_SOURCE_DIR "/README.md"};
  for (const auto& entry : std::filesystem::recursive_directory_iterator(PRE_SOURCE_DIR "/docs")) {
    if (entry.path().extension() == ".md") all.push_back(entry.path());
  }
  return all;
}

}  // namespace

TEST_CASE("every handle in the documents replays as shown") {
  const std::regex handle("(?:pre1:|hash )ledger-planted:(\\d+):([0-9a-f]{16})");
  int found = 0;
  for (const auto& page : pages()) {
    const std::string text = text_of(page);
    for (std::sregex_iterator at(text.begin(), text.end(), handle), end; at != end; ++at) {
      ++found;
      const std::uint64_t seed = std::stoull((*at)[1]);
      const pre::Report report =
          pre::sim::run(pre::catalogue::ledger_planted(), {.seed = seed, .observer = {}});
      INFO(page << " shows " << (*at)[0]);
      CHECK(report.handle() == "pre1:ledger-planted:" + (*at)[1].str() + ":" + (*at)[2].str());
    }
  }
  REQUIRE(found >= 3);
}
