// The rules on our own source. A finding reads like a compiler's: path:line: rule: what to do.
#include <catch2/catch.hpp>

#include "rules.hpp"

namespace {

const tidy::Tree& tree() {
  static const tidy::Tree read = tidy::read_tree(PRE_SOURCE_DIR);
  return read;
}

std::string printed(const tidy::Findings& findings) {
  std::string out;
  for (const tidy::Finding& f : findings) {
    out += "\n" + f.path + ":" + std::to_string(f.line) + ": " + f.rule + ": " + f.text;
  }
  return out;
}

tidy::Layers layers() { return tidy::Layers(tree().at("docs/layers.txt")); }

}  // namespace

TEST_CASE("every include is allowed by docs/layers.txt") {
  CHECK(printed(tidy::check_layers(tree(), layers())) == "");
}

TEST_CASE("the outside world enters through the native layer alone") {
  CHECK(printed(tidy::check_bans(tree(), layers())) == "");
}

TEST_CASE("files, functions and lines are short, and say what they are for") {
  CHECK(printed(tidy::check_shape(tree())) == "");
}

TEST_CASE("every co_await obeys the two rules") {
  CHECK(printed(tidy::check_coroutines(tree())) == "");
}

TEST_CASE("every page has one title and no dead link") {
  CHECK(printed(tidy::check_documents(tree())) == "");
}

TEST_CASE("every room has a page and every file is built") {
  CHECK(printed(tidy::check_house(tree(), layers())) == "");
}
