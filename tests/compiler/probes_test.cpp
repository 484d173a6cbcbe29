// The day a compiler changes its mind about coroutines, these tests know. expected.txt says what is
// known of each probe; a difference is news, good or bad: look, then write it down there.
#include <sys/wait.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace {

constexpr int no_such_probe = 77;

struct Expectation {
  std::string probe;
  std::string gcc12_O0;
  std::string gcc12_O2;
};

std::vector<Expectation> expectations() {
  std::ifstream in(PRE_SOURCE_DIR "/tests/compiler/expected.txt");
  std::vector<Expectation> all;
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    Expectation e;
    if (words >> e.probe >> e.gcc12_O0 >> e.gcc12_O2 && e.probe != "#") all.push_back(e);
  }
  return all;
}

std::string outcome_of(const std::string& program, const std::string& probe) {
  const int status = std::system((program + " " + probe + " >/dev/null 2>&1").c_str());
  if (!WIFEXITED(status)) return "fails";
  if (WEXITSTATUS(status) == no_such_probe) return "refused";
  return WEXITSTATUS(status) == 0 ? "passes" : "fails";
}

std::string expected_of(const Expectation& e, bool optimised) {
  if (std::string(PRE_COMPILER) != "GNU 12") return "passes";
  return optimised ? e.gcc12_O2 : e.gcc12_O0;
}

void check_all(const char* program, bool optimised) {
  const auto all = expectations();
  REQUIRE(all.size() == 26);
  for (const Expectation& e : all) {
    CAPTURE(e.probe, PRE_COMPILER);
    CHECK(outcome_of(program, e.probe) == expected_of(e, optimised));
  }
}

}  // namespace

TEST_CASE("without optimisation each coroutine probe does what is known of this compiler") {
  check_all(PRE_PROBES_O0, false);
}

TEST_CASE("optimised, each coroutine probe does what is known of this compiler") {
  check_all(PRE_PROBES_O2, true);
}

TEST_CASE("the forms that the two rules allow pass on every compiler") {
  for (const char* program : {PRE_PROBES_O0, PRE_PROBES_O2}) {
    CHECK(outcome_of(program, "dialect") == "passes");
    CHECK(outcome_of(program, "cancel") == "passes");
  }
}
