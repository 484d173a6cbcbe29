// A rule that cannot fail is no rule. samples/*.txt hold bad code; each says what must be found:
//
//   == runtime/src/bad.cpp            a file begins, as if it had this path
//   auto t = steady_clock::now();  // ~~ clock       this line breaks the rule "clock"
//   !! readme runtime/README.md       a finding about a file as a whole
//   @repeat 400 int x;                the rest of the line, 400 times
//   @bare                             do not add the README.md and CMakeLists.txt of a good room
#include <catch2/catch.hpp>

#include <sstream>

#include "rules.hpp"

namespace {

struct Sample {
  tidy::Tree tree;
  std::set<std::string> expected;  // "path:line rule"
};

std::string key(const std::string& path, std::size_t line, const std::string& rule) {
  return path + ":" + std::to_string(line) + " " + rule;
}

class Reader {
 public:
  Sample read(const tidy::File& file) {
    for (const std::string& line : file.lines) take(line);
    finish();
    if (!bare_) furnish();
    return std::move(sample_);
  }

 private:
  void take(const std::string& line) {
    std::istringstream words(line);
    std::string first, second, third;
    words >> first >> second >> third;
    if (first == "==") {
      finish();
      path_ = second;
    } else if (first == "!!") {
      sample_.expected.insert(key(third, 0, second));
    } else if (first == "@bare") {
      bare_ = true;
    } else if (first == "@repeat") {
      const auto body = line.find(second) + second.size() + 1;
      for (int n = std::stoi(second); n > 0; --n) append(line.substr(body));
    } else {
      append(line);
    }
  }

  void append(std::string line) {
    ++line_;
    const auto mark = line.find("~~ ");
    if (mark != std::string::npos) {
      std::istringstream rules(line.substr(mark + 3));
      for (std::string rule; rules >> rule && rule != "-->";) {
        sample_.expected.insert(key(path_, line_, rule));
      }
      line.resize(line.find_last_of("/<", mark) - (line[mark - 2] == '/' ? 1 : 0));
    }
    text_ += line + "\n";
  }

  void finish() {
    if (!path_.empty()) sample_.tree.emplace(path_, tidy::make_file(path_, text_));
    text_.clear();
    line_ = 0;
  }

  // What a good room has, so that a sample shows its own fault alone.
  void furnish() {
    std::map<std::string, std::string> lists;
    for (const auto& [path, file] : sample_.tree) {
      const auto slash = path.find('/');
      lists[path.substr(0, slash)] += path.substr(slash + 1) + "\n";
    }
    for (const auto& [room, list] : lists) {
      for (const auto& [name, text] : {std::pair<std::string, std::string>{"CMakeLists.txt", list},
                                       {"README.md", "# A room\n"}}) {
        const std::string path = room + "/" + name;
        sample_.tree.emplace(path, tidy::make_file(path, text));
      }
    }
  }

  Sample sample_;
  bool bare_ = false;
  std::string path_;
  std::string text_;
  std::size_t line_ = 0;
};

std::set<std::string> found_in(const Sample& sample) {
  std::set<std::string> found;
  for (const tidy::Finding& f : tidy::check_all(sample.tree)) {
    found.insert(key(f.path, f.line, f.rule));
  }
  return found;
}

std::vector<Sample> samples() {
  std::vector<Sample> all;
  for (const auto& [path, file] : tidy::read_tree(PRE_SOURCE_DIR "/tests/tidy/samples")) {
    all.push_back(Reader().read(file));
    const std::string table = "docs/layers.txt";
    if (all.back().tree.contains(table)) continue;
    all.back().tree.emplace(table, tidy::read_tree(PRE_SOURCE_DIR "/docs").at("layers.txt"));
  }
  return all;
}

}  // namespace

TEST_CASE("each sample breaks the rules it says it breaks, and no other") {
  for (const Sample& sample : samples()) {
    CAPTURE(sample.tree.begin()->first);
    CHECK(found_in(sample) == sample.expected);
  }
}

TEST_CASE("every rule has a sample that breaks it") {
  std::set<std::string> broken;
  for (const Sample& sample : samples()) {
    for (const std::string& expected : sample.expected) {
      broken.insert(expected.substr(expected.find(' ') + 1));
    }
  }

  CHECK(broken == tidy::rule_names());
}

TEST_CASE("a word in a comment or a string is not code") {
  const auto file =
      tidy::make_file("a.cpp",
                      "// steady_clock\nint a = 1'000; /* x\n y */ int b;\n"
                      "auto s = \"co_await {\"; auto r = R\"(\"{)\"; char c = '\\'';\n");

  CHECK(file.code ==
        std::vector<std::string>{"               ", "int a = 1'000;     ", "      int b;",
                                 "auto s = \"          \"; auto r =        ; char c = '  ';"});
}
