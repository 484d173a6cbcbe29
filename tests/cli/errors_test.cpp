// Bad input: one clear line, and the documented exit code.
#include <catch2/catch.hpp>

#include <preordain/native/host.hpp>
#include <preordain/native/latch.hpp>
#include <preordain/seam/network.hpp>

#include "tool.hpp"

using tool::Said;
using tool::Tool;

namespace {
std::size_t lines(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}
void require_one_line(const Said& said, int code, const std::string& words) {
  INFO(said.text);
  REQUIRE(said.code == code);
  REQUIRE(said.has(words));
  REQUIRE(lines(said.text) == 1);
}
class NoWake final : public pre::seam::Wake {
 public:
  void wake() noexcept override {}
};
}  // namespace

TEST_CASE("a wrong flag is one line and code 2") {
  Tool pre;
  require_one_line(pre.run({"run", "ledger", "--bogus"}), 2, "--bogus");
  require_one_line(pre.run({"run", "ledger", "--seeds", "many"}), 2, "many");
  require_one_line(pre.run({"run", "ledger", "--seeds", "0"}), 2, "--seeds");
  require_one_line(pre.run({"run", "ledger", "--transport", "pigeon"}), 2, "pigeon");
  require_one_line(pre.run({"frobnicate"}), 2, "frobnicate");
}

TEST_CASE("an unknown scenario is code 4, with a suggestion") {
  Tool pre;
  require_one_line(pre.run({"run", "ledgr"}), 4, "Did you mean 'ledger'?");
  require_one_line(pre.run({"run", "zzzzzzzzzzzz"}), 4, "pre list");
  require_one_line(pre.run({"doctor", "legder"}), 4, "Did you mean 'ledger'?");
}

TEST_CASE("a planted scenario runs only when named in full") {
  Tool pre;
  const Said all = pre.run({"run", "ledger*", "--seeds", "5"});
  INFO(all.text);
  REQUIRE(all.code == 0);
  REQUIRE_FALSE(all.has("planted"));
}

TEST_CASE("an output path that cannot be written is found before the first seed") {
  Tool pre;
  require_one_line(pre.run({"run", "ledger", "--junit", "/nonexistent/junit.xml"}), 2,
                   "/nonexistent/junit.xml");
  require_one_line(pre.run({"run", "ledger", "--jsonl", "/nonexistent/x.jsonl"}), 2,
                   "/nonexistent/x.jsonl");
}

TEST_CASE("a port in use is one line that names it") {
  Tool pre;
  NoWake wake;
  pre::native::Host host({.node_name = "squatter", .handle_signals = false});
  const auto taken = host.environment().network.listen({"127.0.0.1", 0}, wake);
  REQUIRE(taken);
  const std::string at = (*taken)->local().text();

  const Said said = pre.run(
      {"node", "ledger", "--name", "n1", "--listen", at, "--data", pre.directory() + "/n1"});

  INFO(said.text);
  REQUIRE(said.code == 2);
  REQUIRE(said.has("cannot listen on " + at));
  REQUIRE(said.has("choose another port"));
}

TEST_CASE("an address that is none is one line") {
  Tool pre;
  const Said said =
      pre.run({"node", "ledger", "--name", "n1", "--listen", "nowhere", "--data", pre.directory()});
  INFO(said.text);
  REQUIRE(said.code == 2);
  REQUIRE(said.has("'nowhere' is not host:port"));
}

TEST_CASE("a replay handle that is none, or of another build, says so") {
  Tool pre;
  require_one_line(pre.run({"replay", "pre1:ledger:x:0"}), 2, "not a replay handle");
  require_one_line(pre.run({"replay", "pre1:ledgr:1:0123456789abcdef"}), 4, "Did you mean");
  require_one_line(pre.run({"replay", "pre1:ledger:1:0123456789abcdef"}), 5,
                   "differs from the recorded one");
}

TEST_CASE("help is help and not an error") {
  Tool pre;
  const Said said = pre.run({"--help"});
  REQUIRE(said.code == 0);
  REQUIRE(said.has("run"));
}
