// The bare simulated world: how many events a second one core does, hashing on. No actors.
#include <benchmark/benchmark.h>

#include <preordain/seam/clock.hpp>
#include <preordain/seam/executor.hpp>
#include <preordain/seam/network.hpp>
#include <preordain/seam/timers.hpp>
#include <preordain/sim/world.hpp>

namespace {

using namespace pre;

// Arms a timer again and again.
class Ticker final : public sim::Guest, public seam::TimerTarget {
 public:
  explicit Ticker(seam::Environment& environment) : environment_(environment) { arm(); }
  void timer_fired(TimerId) noexcept override { arm(); }

 private:
  void arm() { (void)environment_.timers.arm(environment_.clock.now() + Duration(1ms), *this); }
  seam::Environment& environment_;
};

void world_timers(benchmark::State& state) {
  std::uint64_t events = 0;
  sim::World world;
  for (auto _ : state) {
    world.reset({.seed = 1});
    for (int i = 0; i < state.range(0); ++i) {
      const auto node = world.add_node(
          {"n" + std::to_string(i), {}, [](seam::Environment& e) -> std::unique_ptr<sim::Guest> {
             return std::make_unique<Ticker>(e);
           }});
      world.start(node);
    }
    world.run_until(Instant(10s));
    events += world.events();
  }
  state.counters["events/s"] =
      benchmark::Counter(static_cast<double>(events), benchmark::Counter::kIsRate);
}
BENCHMARK(world_timers)->Arg(5)->Arg(128)->Unit(benchmark::kMillisecond);

// Two ends of one connection that send each other 64 bytes, for ever.
class Echo final : public sim::Guest, public seam::Wake, public seam::Turn {
 public:
  Echo(seam::Environment& environment, bool dials) : environment_(environment) {
    if (dials) {
      stream_ = environment.network.connect({"n0", 1}, *this);
      pending_ = 64;
    } else {
      listener_ = *environment.network.listen({"n0", 1}, *this);
    }
    wake();
  }
  void wake() noexcept override {
    if (!queued_) environment_.executor.ready(*this);
    queued_ = true;
  }
  std::uint64_t identity() const noexcept override { return 1; }
  Next run(unsigned) noexcept override {
    queued_ = false;
    if (!stream_ && listener_) {
      if (auto accepted = listener_->accept(*this)) stream_ = std::move(*accepted);
    }
    if (!stream_) return Next::idle;
    while (auto got = stream_->read(buffer_)) pending_ += *got;
    while (pending_ > 0) {
      const auto wrote =
          stream_->write(ByteView(buffer_).first(std::min<std::size_t>(pending_, 64)));
      if (!wrote) break;
      pending_ -= *wrote;
    }
    return Next::idle;
  }

 private:
  seam::Environment& environment_;
  std::unique_ptr<seam::Listener> listener_;
  std::unique_ptr<seam::Stream> stream_;
  std::array<std::byte, 64> buffer_{};
  std::size_t pending_ = 0;
  bool queued_ = false;
};

void world_streams(benchmark::State& state) {
  std::uint64_t events = 0;
  sim::World world;
  for (auto _ : state) {
    world.reset({.seed = 1});
    for (const bool dials : {false, true}) {
      world.start(world.add_node(
          {dials ? "n1" : "n0", {}, [dials](seam::Environment& e) -> std::unique_ptr<sim::Guest> {
             return std::make_unique<Echo>(e, dials);
           }}));
    }
    world.run_until(Instant(10s));
    events += world.events();
  }
  state.counters["events/s"] =
      benchmark::Counter(static_cast<double>(events), benchmark::Counter::kIsRate);
}
BENCHMARK(world_streams)->Unit(benchmark::kMillisecond);

}  // namespace
