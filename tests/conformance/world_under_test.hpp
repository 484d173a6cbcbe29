// One node in a world, real or simulated, as a test of a promise sees it. A conformance test is
// written once against this class and runs in both worlds, so that what the simulator lets pass is
// what the machine does.
//
// The rule of waiting: `done` is asked at the beginning and after every ring(), never by the clock.
// A world that forgets to wake its owner fails its test.
#pragma once

#include <catch2/catch.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <preordain/base/function.hpp>
#include <preordain/seam/environment.hpp>

namespace pre::conformance {

class WorldUnderTest {
 public:
  virtual ~WorldUnderTest() = default;

  // For people: "sim, seed 7, drawn knobs".
  virtual std::string name() const = 0;
  // The node "n1", which has a setting "PRE_CONFORMANCE" = "yes", and the name or address at which
  // it can listen.
  virtual seam::Environment& environment() = 0;
  virtual std::string host() const = 0;
  // A node to talk to. In the real world the same one: sockets do not care.
  virtual seam::Environment& peer() = 0;
  virtual std::string peer_host() const = 0;
  // A name that the name service knows.
  virtual std::string known_name() const = 0;

  // False: nothing rang for a long time, though `done` was never true.
  [[nodiscard]] virtual bool run_until(Function<bool()> done) = 0;
  // Every Wake, TimerTarget and Turn of a test calls it last. Thread-safe.
  virtual void ring() noexcept = 0;

  // Ends this life of n1 as roughly as the world can and begins another one, with the same files.
  // Precondition: the test holds nothing of the old environment, not even the reference.
  virtual void restart() = 0;
  // Asks n1 to stop in good order.
  virtual void request_stop() = 0;
  // How many events with this `what` came out of n1's Trace.
  virtual std::size_t traced(std::string_view what) const = 0;

  // Nobody does harm here on purpose.
  virtual bool is_calm() const = 0;
  // More bytes than all buffers of one connection together hold in one direction.
  virtual std::size_t flood() const = 0;

 protected:
  WorldUnderTest() = default;
  WorldUnderTest(const WorldUnderTest&) = delete;
  WorldUnderTest& operator=(const WorldUnderTest&) = delete;
};

struct Native {
  static constexpr int variants = 1;
  static std::unique_ptr<WorldUnderTest> make(int variant);
};

// The first three are calm, each further one draws its knobs from its seed.
struct Simulated {
  static constexpr int variants = 23;
  static std::unique_ptr<WorldUnderTest> make(int variant);
};

// What a TEMPLATE_TEST_CASE over Native and Simulated begins with: a fresh world, each variant in
// turn, whose name is printed if the test fails.
template <class Kind>
class Under {
 public:
  Under()
      : world_(Kind::make(GENERATE(range(0, Kind::variants)))),
        said_(Catch::MessageBuilder("world", CATCH_INTERNAL_LINEINFO, Catch::ResultWas::Info)
              << "world: " << world_->name()) {}
  WorldUnderTest& operator*() const { return *world_; }

 private:
  std::unique_ptr<WorldUnderTest> world_;
  Catch::ScopedMessage said_;
};

}  // namespace pre::conformance
