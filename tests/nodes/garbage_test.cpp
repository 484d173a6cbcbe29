// Garbage on the port, in the simulator: the connection is closed with a counted reason, and
// nothing is left behind.
#include <catch2/catch.hpp>

#include <preordain/remoting/remoting.hpp>
#include <preordain/testkit/testkit.hpp>

#include "attacker.hpp"

using namespace attack;

namespace {

struct Sample {
  const char* name;
  Bytes bytes;
  const char* reason;
};

std::vector<Sample> samples() {
  return {{"random bytes", random_bytes(7), "bad_magic"},
          {"an HTTP request", http_request(), "bad_magic"},
          {"a frame of 2^31 bytes", huge_frame(), "bad_length"},
          {"half a hello, then silence", half_hello(), "handshake_timeout"},
          {"silence", {}, "handshake_timeout"}};
}

}  // namespace

TEST_CASE("REM-4 garbage on the port closes the connection with a counted reason") {
  for (const Sample& sample : samples()) {
    TestKit kit;
    Remoting& remoting = Remoting::start(kit.system(), {.listen = "kit:7100"});
    auto attacker = kit.spawn<Attacker>();
    kit.patience = 1min;

    const auto ended = kit.ask<Attack>(attacker, "kit", std::uint16_t{7100}, sample.bytes);
    kit.advance(1s);

    INFO(sample.name);
    REQUIRE((ended ? "" : ended.error().text()) == "");
    REQUIRE(remoting.stats().closed[sample.reason] == 1);
    REQUIRE(remoting.stats().delivered == 0);
  }
}

TEST_CASE("garbage under any network leaves the node as it was") {
  std::uint64_t all_connections = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    TestKit kit(seed, sim::Knobs::drawn(seed));
    Remoting& remoting = Remoting::start(kit.system(), {.listen = "kit:7100"});
    auto attacker = kit.spawn<Attacker>();
    kit.patience = 10min;
    for (const Sample& sample : samples()) {
      (void)kit.ask<Attack>(attacker, "kit", std::uint16_t{7100}, sample.bytes);
    }
    kit.advance(1min);

    INFO("seed " << seed);
    std::uint64_t connections = 0;
    kit.system().find("/system/remoting-listener").value();
    for (const auto& [reason, count] : remoting.stats().closed) connections += count;
    REQUIRE(connections <= samples().size());
    REQUIRE(remoting.stats().delivered == 0);
    all_connections += connections;
  }
  REQUIRE(all_connections >= 40 * 4);  // nearly all got through, and each of these was closed
}
