// A one-node world for unit tests: deterministic, no sleeping, no waiting. The world only moves
// when the test says so.
#pragma once

#include <preordain/runtime/inspect.hpp>
#include <preordain/sim/world.hpp>

namespace pre {

// Not thread-safe: a test is one thread.
class TestKit {
 public:
  // The same seed gives the same test. Calm: no faults, turns in order; drawn: whatever the seed
  // says.
  explicit TestKit(std::uint64_t seed = 1, sim::Knobs knobs = sim::Knobs::calm());
  ~TestKit();
  TestKit(const TestKit&) = delete;
  TestKit& operator=(const TestKit&) = delete;

  // Ends with the world. Refs must not outlive the kit.
  System& system() { return *system_; }
  sim::World& world() { return world_; }

  template <class A, class... Args>
  RefOf<A> spawn(Args... args) {
    return spawn<A>(SpawnOptions{}, std::move(args)...);
  }
  template <class A, class... Args>
  RefOf<A> spawn(SpawnOptions options, Args... args) {
    return system().template spawn<A>(std::move(options), std::move(args)...);
  }

  // Sends the request and runs the world until the answer is there; timeout after `patience` of
  // virtual time.
  template <Request M, class... Ms, class... Args>
  Result<typename M::Reply> ask(const Ref<Ms...>& to, Args&&... args) {
    auto pending = to.template ask<M>(std::forward<Args>(args)...);
    const Instant limit = world_.now() + patience;
    while (!pending.ready() && world_.now() <= limit && world_.step()) {
    }
    if (!pending.ready()) return Error(Errc::timeout, "the world ran on without an answer");
    return pending.take();
  }

  // Runs the world for this much virtual time.
  void advance(Duration duration) { world_.run_until(world_.now() + duration); }
  // Runs until nothing is planned any more, for an hour of virtual time at the most.
  void settle() { world_.run_until_idle(world_.now() + 1h); }
  // A task of the test's own, run in a slot until it has ended. Gives what it gave, or its Error.
  template <class T>
  Result<T> run(Function<Task<T>()> task);

  Duration patience = 5s;

 private:
  sim::World world_;
  System* system_ = nullptr;
};

namespace testkit {
template <class T>
struct Outcome {
  bool done = false;
  Result<T> result{Error(Errc::cancelled, "the task has not ended")};
};
template <class T>
Task<> capture(Function<Task<T>()>* task, Outcome<T>* out) {
  try {
    if constexpr (std::is_void_v<T>) {
      co_await (*task)();
      out->result = {};
    } else {
      out->result = co_await (*task)();
    }
  } catch (const Failure& failure) {
    out->result = failure.error();
  }
  out->done = true;
}
}  // namespace testkit

template <class T>
Result<T> TestKit::run(Function<Task<T>()> task) {
  testkit::Outcome<T> out;
  system().run("", [&] { return testkit::capture(&task, &out); });
  while (!out.done && world_.step()) {
  }
  return std::move(out.result);
}

}  // namespace pre
