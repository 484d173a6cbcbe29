// A host: its settings, its stop, its end.
#include <catch2/catch.hpp>
#include <csignal>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <preordain/native/machine.hpp>
#include <preordain/native/terminal.hpp>
#include <preordain/seam/faults.hpp>
#include <preordain/seam/process.hpp>
#include <preordain/seam/random.hpp>
#include <preordain/seam/trace.hpp>

#include "support.hpp"

namespace pre::native::test {
namespace {

TEST_CASE("a request to stop wakes the watcher and the main thread") {
  Host host(quiet_options());
  seam::Process& process = host.environment().process;
  Waker watcher;
  process.watch_stop(&watcher);
  REQUIRE_FALSE(process.stop_requested());
  REQUIRE_FALSE(host.wait_for_stop(1ms));

  std::thread([&] { host.request_stop(); }).join();

  host.wait_for_stop();
  REQUIRE(process.stop_requested());
  REQUIRE(watcher.wakes() == 1);
  host.request_stop();
  REQUIRE(watcher.wakes() == 1);
  process.watch_stop(nullptr);
}

TEST_CASE("who watches too late is woken at once") {
  Host host(quiet_options());
  host.request_stop();
  Waker watcher;

  host.environment().process.watch_stop(&watcher);

  REQUIRE(watcher.wakes() == 1);
}

TEST_CASE("SIGTERM is a request to stop") {
  Options options = quiet_options();
  options.handle_signals = true;
  Host host(std::move(options));

  std::raise(SIGTERM);

  REQUIRE(host.wait_for_stop(patience));
}

TEST_CASE("a node knows its name, its settings and that it is new") {
  Options options = quiet_options();
  options.node_name = "n1";
  options.settings = {{"PRE_LISTEN", "127.0.0.1:7100"}, {"PATH", "mine"}};
  Host host(std::move(options));
  Host other(quiet_options());
  const seam::Process& process = host.environment().process;

  REQUIRE(process.node_name() == "n1");
  REQUIRE(process.setting("PRE_LISTEN") == "127.0.0.1:7100");
  REQUIRE(process.setting("PATH") == "mine");
  REQUIRE(other.environment().process.setting("PATH") == environment_variable("PATH"));
  REQUIRE_FALSE(process.setting("NO_SUCH_SETTING_ANYWHERE"));
  REQUIRE(process.incarnation());
  REQUIRE(process.incarnation() != other.environment().process.incarnation());
}

TEST_CASE("a data directory that cannot be made is an error that names it") {
  Options options = quiet_options();
  options.data_directory = "/proc/no/such/place";
  try {
    Host host(std::move(options));
    FAIL("the host started");
  } catch (const Failure& failure) {
    REQUIRE(failure.error().code == Errc::storage_failed);
    REQUIRE(failure.error().detail.find("/proc/no/such/place") != std::string::npos);
  }
}

TEST_CASE("events go to the sink, and without one nobody wants them") {
  std::vector<std::string> lines;
  Options options = quiet_options();
  options.trace = [&](const seam::Event& event) { lines.emplace_back(event.text); };
  Host host(std::move(options));
  Host silent(quiet_options());

  host.environment().trace.event({.kind = seam::EventKind::log, .text = "a line"});
  silent.environment().trace.event({.kind = seam::EventKind::log, .text = "unheard"});

  REQUIRE(host.environment().trace.wanted());
  REQUIRE_FALSE(silent.environment().trace.wanted());
  REQUIRE(lines == std::vector<std::string>{"a line"});
  REQUIRE(host.environment().faults.point("anything") == 0);
}

TEST_CASE("random numbers differ between draws, threads and hosts") {
  constexpr std::size_t draws = 2'000;
  Host one(quiet_options());
  Host two(quiet_options());
  std::vector<std::vector<std::uint64_t>> drawn(4, std::vector<std::uint64_t>(draws));
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    threads.emplace_back([&, i] {
      Host& host = i % 2 == 0 ? one : two;
      for (auto& number : drawn[i]) number = host.environment().random.next();
    });
  }
  for (std::thread& thread : threads) thread.join();

  std::set<std::uint64_t> distinct;
  unsigned ones = 0;
  for (const auto& numbers : drawn) {
    for (const std::uint64_t number : numbers) {
      distinct.insert(number);
      ones += static_cast<unsigned>(__builtin_popcountll(number));
    }
  }

  REQUIRE(distinct.size() == drawn.size() * draws);
  const double share = ones / (64.0 * static_cast<double>(distinct.size()));
  REQUIRE(share == Approx(0.5).margin(0.01));  // 14 standard deviations
}

TEST_CASE("files are read and written whole") {
  const std::string directory = make_temporary_directory("preordain-files").value();
  const std::string path = directory + "/a/b/report.txt";

  REQUIRE(write_file(path, "x").error().code == Errc::storage_failed);
  REQUIRE(make_directories(directory + "/a/b").has_value());
  REQUIRE(write_file(path, "first").has_value());
  REQUIRE(write_file(path, std::string(200'000, 'z')).has_value());
  REQUIRE(read_file(path).value() == std::string(200'000, 'z'));
  REQUIRE(list_directory(directory + "/a/b").value() == std::vector<std::string>{"report.txt"});
  REQUIRE(read_file(directory).error().code == Errc::storage_failed);
  REQUIRE(read_file(path + "x").error().detail.find("report.txtx") != std::string::npos);

  REQUIRE(remove_tree(directory).has_value());
  REQUIRE_FALSE(file_exists(directory));
  REQUIRE(remove_tree(directory).has_value());
}

TEST_CASE("the machine can be asked about itself") {
  REQUIRE(cores() >= 1);
  REQUIRE(file_exists(self_executable()));
  REQUIRE(resident_bytes() > 0);
  REQUIRE(entropy() != entropy());
  REQUIRE(terminal_width(Output::error) >= 1);
  REQUIRE(free_port().value() != 0);
}

}  // namespace
}  // namespace pre::native::test
