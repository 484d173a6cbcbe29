// What the pages show is what is compiled here. A page marks a program with a comment, and a fence
// follows at once; the source marks the same lines with two marks of the same name:
//
//   <!-- snippet: tests/docs/first_program.cpp -->            //! [snippet]
//   <!-- snippet: tests/docs/first_cluster.cpp stronger -->   //! [stronger]
#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;
using Lines = std::vector<std::string>;

constexpr std::string_view mark_begin = "<!-- snippet: ";
constexpr std::string_view mark_end = " -->";
constexpr std::size_t first_program_lines_max = 20;
constexpr std::size_t first_cluster_lines_max = 45;

Lines lines_of(const std::string& path) {
  Lines lines;
  std::ifstream in(fs::path(PRE_SOURCE_DIR) / path);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// README.md and every page below docs/, by their paths from the root.
std::vector<std::string> pages() {
  const fs::path root = PRE_SOURCE_DIR;
  std::vector<std::string> all{"README.md"};
  for (const auto& entry : fs::recursive_directory_iterator(root / "docs")) {
    if (entry.path().extension() != ".md") continue;
    all.push_back(entry.path().lexically_relative(root).generic_string());
  }
  std::sort(all.begin(), all.end());
  return all;
}

struct Shown {
  std::string page;
  std::string file;
  std::string region;
  Lines program;  // empty: no fence follows the mark, or it does not end
};

Lines fence_after(const Lines& page, std::size_t mark) {
  Lines program;
  if (mark + 1 >= page.size() || page[mark + 1] != "```cpp") return {};
  for (std::size_t i = mark + 2; i < page.size(); ++i) {
    if (page[i] == "```") return program;
    program.push_back(page[i]);
  }
  return {};
}

std::vector<Shown> shown_in(const std::string& path) {
  std::vector<Shown> all;
  const Lines page = lines_of(path);
  for (std::size_t i = 0; i < page.size(); ++i) {
    if (!page[i].starts_with(mark_begin) || !page[i].ends_with(mark_end)) continue;
    const std::size_t length = page[i].size() - mark_begin.size() - mark_end.size();
    std::istringstream words(page[i].substr(mark_begin.size(), length));
    Shown shown{path, "", "snippet", fence_after(page, i)};
    words >> shown.file;
    if (std::string name; words >> name) shown.region = name;
    all.push_back(std::move(shown));
  }
  return all;
}

// The lines between the two marks; empty if they are not there.
Lines region_of(const std::string& file, const std::string& name) {
  const std::string mark = "//! [" + name + "]";
  Lines inside;
  bool open = false;
  for (const std::string& line : lines_of(file)) {
    if (line == mark) {
      open = !open;
    } else if (open) {
      inside.push_back(line);
    }
  }
  return open ? Lines{} : inside;
}

std::size_t written_lines(const Lines& program) {
  const auto written = [](const std::string& line) { return !line.empty(); };
  return static_cast<std::size_t>(std::count_if(program.begin(), program.end(), written));
}

bool shows(const std::string& page, const std::string& file) {
  const std::vector<Shown> all = shown_in(page);
  return std::any_of(all.begin(), all.end(), [&](const Shown& s) { return s.file == file; });
}

}  // namespace

TEST_CASE("every program that a page shows is the one that is compiled") {
  for (const std::string& page : pages()) {
    for (const Shown& shown : shown_in(page)) {
      CAPTURE(shown.page, shown.file, shown.region);
      CHECK_FALSE(shown.program.empty());
      CHECK(shown.program == region_of(shown.file, shown.region));
    }
  }
}

TEST_CASE("the front page shows the first program and the first cluster") {
  CHECK(shows("README.md", "tests/docs/first_program.cpp"));
  CHECK(shows("README.md", "tests/docs/first_cluster.cpp"));
}

TEST_CASE("the first programs are short, blank lines not counted") {
  CHECK(written_lines(region_of("tests/docs/first_program.cpp", "snippet")) <=
        first_program_lines_max);
  CHECK(written_lines(region_of("tests/docs/first_cluster.cpp", "snippet")) <=
        first_cluster_lines_max);
}
