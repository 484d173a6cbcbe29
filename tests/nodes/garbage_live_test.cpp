// The same garbage over real TCP, thousands of times: closed, counted, and no memory kept.
#include <catch2/catch.hpp>

#include <preordain/native/host.hpp>
#include <preordain/native/latch.hpp>
#include <preordain/native/machine.hpp>
#include <preordain/remoting/remoting.hpp>

#include "attacker.hpp"

using namespace attack;

namespace {

constexpr Duration patience = 120s;

struct Tally {
  std::atomic<int> ended{0};
  native::Latch done;
};

Task<> assault(Ref<Attack> attacker, std::uint16_t port, int rounds, Tally* tally) {
  for (int i = 0; i < rounds; ++i) {
    Bytes bytes = i % 3 == 0   ? random_bytes(static_cast<std::uint64_t>(i))
                  : i % 3 == 1 ? http_request()
                               : huge_frame();
    auto ended =
        co_await attacker.ask<Attack>("127.0.0.1", port, std::move(bytes)).within(60s).result();
    if (ended) ++tally->ended;
  }
  tally->done.set();
}

Task<> fall_silent(Ref<Attack> attacker, std::uint16_t port, Tally* tally) {
  auto ended = co_await attacker.ask<Attack>("127.0.0.1", port, half_hello()).within(60s).result();
  if (ended) ++tally->ended;
  tally->done.set();
}

}  // namespace

TEST_CASE("REM-4 garbage over real TCP is closed, counted, and leaves memory flat") {
  native::Host host({.node_name = "n1", .workers = 2, .handle_signals = false});
  System system(host.environment());
  Remoting& remoting = Remoting::start(system, {.listen = "127.0.0.1:0"});
  const auto at = seam::parse_endpoint(remoting.listening_at());
  REQUIRE(at);
  auto attacker = system.spawn<Attacker>("attacker");
  const auto run = [&](int rounds, Tally& tally) {
    system.run("", [&] { return assault(attacker, at->port, rounds, &tally); });
    REQUIRE(tally.done.wait_for(patience));
  };

  Tally warm_up;
  run(300, warm_up);
  const std::uint64_t before = native::resident_bytes();
  Tally tally;
  run(3000, tally);
  const std::uint64_t after = native::resident_bytes();

  REQUIRE(tally.ended == 3000);
  const RemotingStats stats = remoting.stats();
  REQUIRE(stats.closed.at("bad_magic") == 2200);
  REQUIRE(stats.closed.at("bad_length") == 1100);
  if (!PRE_SANITIZED) REQUIRE(after < before + 4 * 1024 * 1024);  // they keep freed memory
  host.quiesce();
}

TEST_CASE("REM-4 half a hello and then silence is closed at the deadline over real TCP") {
  native::Host host({.node_name = "n1", .workers = 1, .handle_signals = false});
  System system(host.environment());
  Remoting& remoting = Remoting::start(system, {.listen = "127.0.0.1:0"});
  const auto at = seam::parse_endpoint(remoting.listening_at());
  auto attacker = system.spawn<Attacker>("attacker");

  Tally tally;
  system.run("", [&] { return fall_silent(attacker, at->port, &tally); });
  REQUIRE(tally.done.wait_for(patience));

  REQUIRE(tally.ended == 1);
  REQUIRE(remoting.stats().closed.at("handshake_timeout") == 1);
  host.quiesce();
}
