// Child processes: started, paused, killed, and never left behind.
#include <catch2/catch.hpp>
#include <string>

#include <preordain/native/machine.hpp>
#include <preordain/native/process.hpp>

#include "support.hpp"

namespace pre::native::test {
namespace {

ChildOptions shell(const std::string& script) {
  ChildOptions options;
  options.arguments = {"sh", "-c", script};
  return options;
}

// A child that says something into a file, and the means to read it.
class Scratch {
 public:
  Scratch() : directory_(make_temporary_directory("preordain-child").value()) {}
  ~Scratch() { (void)remove_tree(directory_); }
  std::string path() const { return directory_ + "/out"; }
  std::string text() const { return read_file(path()).value(); }

 private:
  std::string directory_;
};

TEST_CASE("a child's exit code is known after the wait, and stays known") {
  auto child = Child::start(shell("exit 7"));
  REQUIRE(child.has_value());

  REQUIRE(child->wait(patience).value() == 7);
  REQUIRE(child->wait(0s).value() == 7);
  child->kill();  // of a process that is gone: nothing happens
}

TEST_CASE("a child gets arguments, additions to the environment, and a log file") {
  const Scratch scratch;
  ChildOptions options = shell("echo \"$GREETING $HOME_ALONE\"; echo oops >&2");
  options.environment = {{"GREETING", "hello"}, {"HOME_ALONE", "a=b"}};
  options.output_path = scratch.path();

  auto child = Child::start(options);
  REQUIRE(child.has_value());

  REQUIRE(child->wait(patience).value() == 0);
  REQUIRE(scratch.text() == "hello a=b\noops\n");
}

TEST_CASE("a program that does not exist is an error at once") {
  ChildOptions options;
  options.arguments = {"/no/such/program"};
  REQUIRE(Child::start(options).error().code == Errc::invalid_argument);
  options.arguments.clear();
  REQUIRE(Child::start(options).error().code == Errc::invalid_argument);
  options = shell("exit 0");
  options.output_path = "/no/such/directory/log";
  REQUIRE(Child::start(options).error().code == Errc::storage_failed);
}

TEST_CASE("a killed child ends by the signal, a terminated one may decide") {
  auto killed = Child::start(shell("exec sleep 600"));
  REQUIRE(killed.has_value());
  REQUIRE(killed->wait(0s).error().code == Errc::timeout);
  killed->kill();
  REQUIRE(killed->wait(patience).value() == 128 + 9);

  const Scratch scratch;
  ChildOptions options = shell("trap 'exit 3' TERM; echo ready; while :; do sleep 0.01; done");
  options.output_path = scratch.path();
  auto polite = Child::start(options);
  REQUIRE(polite.has_value());
  while (scratch.text() != "ready\n") REQUIRE_FALSE(polite->wait(1ms).has_value());
  polite->terminate();
  REQUIRE(polite->wait(patience).value() == 3);
}

TEST_CASE("a paused child does not end before it is resumed") {
  auto child = Child::start(shell("exec sleep 600"));
  REQUIRE(child.has_value());

  child->pause();
  child->terminate();
  REQUIRE(child->wait(20ms).error().code == Errc::timeout);
  child->resume();

  REQUIRE(child->wait(patience).value() == 128 + 15);
}

TEST_CASE("a destroyed child is gone, and a moved one is not") {
  std::int64_t pid = 0;
  {
    auto child = Child::start(shell("exec sleep 600"));
    REQUIRE(child.has_value());
    pid = child->pid();
    Child moved = *std::move(child);
    REQUIRE(moved.pid() == pid);
    REQUIRE(child->pid() == 0);
    REQUIRE(child->wait(0s).error().code == Errc::invalid_argument);
    REQUIRE(moved.wait(0s).error().code == Errc::timeout);
  }
  REQUIRE_FALSE(file_exists("/proc/" + std::to_string(pid)));
}

TEST_CASE("a child with a fixed address layout looks the same twice") {
  std::string maps[2];
  for (std::string& map : maps) {
    const Scratch scratch;
    ChildOptions options;
    options.arguments = {"cat", "/proc/self/maps"};
    options.output_path = scratch.path();
    options.layout = AddressLayout::fixed;
    auto child = Child::start(options);
    if (!child && child.error().code == Errc::refused) {
      WARN(child.error().text());
      return;
    }
    REQUIRE(child.has_value());
    REQUIRE(child->wait(patience).value() == 0);
    map = scratch.text();
  }
  REQUIRE_FALSE(maps[0].empty());
  REQUIRE(maps[0].substr(0, maps[0].find(' ')) == maps[1].substr(0, maps[1].find(' ')));
}

}  // namespace
}  // namespace pre::native::test
