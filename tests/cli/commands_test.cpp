// The commands, as a user meets them.
#include <catch2/catch.hpp>

#include "tool.hpp"

using tool::Said;
using tool::Tool;

TEST_CASE("list names every scenario and its promises") {
  Tool pre;
  const Said said = pre.run({"list"});
  REQUIRE(said.code == 0);
  REQUIRE(said.has("ledger-planted"));
  REQUIRE(said.has("no account in the red"));
  REQUIRE(pre.run({"list", "--json"}).has("\"planted\":true"));
}

TEST_CASE("run ends with a summary, or with the replay command as the last line") {
  Tool pre;
  const Said good = pre.run({"run", "ledger", "--seeds", "50"});
  REQUIRE(good.code == 0);
  REQUIRE(good.has("0 failures"));
  REQUIRE(good.has("seeds/s"));
  REQUIRE(good.has("simulated h per wall h"));

  const std::string jsonl = pre.directory() + "/out.jsonl";
  const std::string junit = pre.directory() + "/junit.xml";
  const Said bad =
      pre.run({"run", "ledger-planted", "--seeds", "500", "--jsonl", jsonl, "--junit", junit});
  INFO(bad.text);
  REQUIRE(bad.code == 1);
  REQUIRE(bad.has("WHAT"));
  REQUIRE(bad.has("WHERE   n"));
  const auto at = bad.text.find("pre replay pre1:ledger-planted:");
  REQUIRE(at != std::string::npos);
  REQUIRE(pre::native::read_file(jsonl).value().find("\"ev\":\"fail\"") != std::string::npos);
  REQUIRE(pre::native::read_file(junit).value().find("<failure") != std::string::npos);

  const auto end = bad.text.find('\n', at);
  const std::string handle = bad.text.substr(at + 11, end - at - 11);
  const Said replayed = pre.run({"replay", handle, "--times", "2"});
  INFO(replayed.text);
  REQUIRE(replayed.code == 1);
  REQUIRE(replayed.has("replayed 2 of 2 times with equal hashes"));
}

TEST_CASE("the demo finds the planted bug and replays it") {
  Tool pre;
  const Said said = pre.run({"demo"});
  INFO(said.text);
  REQUIRE(said.code == 0);
  REQUIRE(said.has("ok ledger"));
  REQUIRE(said.has("replayed 2/2, equal hash"));
  REQUIRE(said.has("REPLAY  pre replay"));
}

TEST_CASE("the doctor finds the ledger deterministic") {
  Tool pre;
  const Said said = pre.run({"doctor", "ledger", "--seeds", "40"});
  INFO(said.text);
  REQUIRE(said.code == 0);
  REQUIRE(said.has("is deterministic"));
}

TEST_CASE("the doctor catches an address that decides, and names the first event that differs") {
  Tool pre;
  const Said said = pre.run({"doctor", "astray-planted", "--seeds", "20"});
  INFO(said.text);
  REQUIRE(said.code == 5);
  REQUIRE(said.has("is not deterministic"));
  REQUIRE(said.has("last common events"));
  REQUIRE(said.has("/user/astray"));
}

TEST_CASE("the ledger runs unchanged as processes over real TCP, through a SIGKILL") {
  Tool pre;
  const Said said = pre.run({"run", "ledger", "--transport", "tcp", "--nodes", "3", "--for", "6s",
                             "--dir", pre.directory() + "/live"});
  INFO(said.text);
  REQUIRE(said.code == 0);
  REQUIRE(said.has("SIGKILL n"));
  REQUIRE(said.has("checks held"));
}
