// The hot path on real threads: tells and asks between two actors of one node. Ratios against other
// runtimes are measured side by side later (issue tracker); these figures watch our own changes.
#include <benchmark/benchmark.h>

#include <preordain/native/host.hpp>
#include <preordain/native/latch.hpp>
#include <preordain/preordain.hpp>

namespace {

using namespace pre;

struct Count {
  std::int64_t n;
};
struct Finish {
  native::Latch* latch;
};
class Counter : public Actor<Count, Finish> {
 public:
  void on(Count c) { sum_ += c.n; }
  void on(Finish f) { f.latch->set(); }

 private:
  std::int64_t sum_ = 0;
};

struct Request {
  std::int64_t n;
  using Reply = std::int64_t;
};
class Server : public Actor<Request> {
 public:
  std::int64_t on(Request r) { return r.n; }
};

void tell_external(benchmark::State& state) {
  native::Host host({.workers = static_cast<unsigned>(state.range(0)), .handle_signals = false});
  System system(host.environment());
  auto counter = system.spawn<Counter>("counter");
  constexpr int batch = 100'000;
  for (auto _ : state) {
    native::Latch done;
    for (int i = 0; i < batch; ++i) counter.tell<Count>(1);
    counter.tell<Finish>(&done);
    done.wait();
  }
  state.SetItemsProcessed(state.iterations() * batch);
  host.quiesce();
}
BENCHMARK(tell_external)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

void ask_sequential(benchmark::State& state) {
  native::Host host({.workers = static_cast<unsigned>(state.range(0)), .handle_signals = false});
  System system(host.environment());
  auto server = system.spawn<Server>("server");
  constexpr int batch = 100'000;
  for (auto _ : state) {
    native::Latch done;
    system.run("", [&]() -> Task<> {
      return [](Ref<Request> to, native::Latch* latch) -> Task<> {
        for (int i = 0; i < batch; ++i) {
          std::int64_t n = co_await to.ask<Request>(i);
          benchmark::DoNotOptimize(n);
        }
        latch->set();
      }(server, &done);
    });
    done.wait();
  }
  state.SetItemsProcessed(state.iterations() * batch);
  host.quiesce();
}
BENCHMARK(ask_sequential)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
