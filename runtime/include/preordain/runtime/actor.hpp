// Actor<Ms...>: what an actor understands is written in the head of its class. For each message it
// has an on(...); everything of an actor, constructor to destructor, runs in its own slot, one at a
// time.
#pragma once

#include <utility>

#include <preordain/runtime/handler.hpp>
#include <preordain/runtime/timer.hpp>
#include <preordain/runtime/watch.hpp>
#include <preordain/seam/random.hpp>

namespace pre {

class System;

class ActorBase {
 public:
  ActorBase() = default;
  ActorBase(const ActorBase&) = delete;
  ActorBase& operator=(const ActorBase&) = delete;
  virtual ~ActorBase() = default;

  System& system() const noexcept;

 protected:
  // After construction and after every restart, before the first message. Throwing is a failure.
  virtual void started() {}
  // Before the end, when all children have stopped. Not called for an object that is replaced by a
  // restart: what failed is only destroyed.
  virtual void stopping() {}

  // Read once per turn; steady.
  Instant now() const;
  seam::Random& random() const noexcept;
  const Pid& pid() const noexcept;
  // Stops this actor after the current step: before anything that is queued. A coroutine handler
  // that awaits after this is cancelled.
  void stop();
  // Stops a child or any other local actor; what is queued there becomes dead letters.
  void stop(const TargetPtr& other);
  template <class... Ms>
  void stop(const Ref<Ms...>& other) {
    stop(other.target());
  }
  // A line for people, through the trace.
  void log(std::string_view text) const;

  // Makes a child. Failure: invalid_argument (the name), already_exists, shutting_down.
  template <class A, class... Args>
  RefOf<A> spawn(std::string_view name, Args... args) {
    return spawn<A>(SpawnOptions{.name = std::string(name)}, std::move(args)...);
  }
  template <class A, class... Args>
  RefOf<A> spawn(SpawnOptions options, Args... args) {
    return RefOf<A>(spawn_child(handler::request<A>(std::move(options), std::move(args)...)));
  }

 private:
  friend class Cell;
  friend class WakeSignal;
  template <class...>
  friend class Actor;
  TargetPtr self_target() const noexcept;
  TargetPtr spawn_child(SpawnRequest request);
  Timer start_timer(Duration first, Duration period, Function<Envelope*()> make);
  void watch_target(const TargetPtr& target);
  void unwatch_target(const TargetPtr& target);
  seam::Memory& memory() const noexcept;

  Cell* cell_ = nullptr;  // set after construction, before started()
};

template <class... Ms>
class Actor : public ActorBase {
 public:
  using Accepts = Protocol<Ms...>;

 protected:
  Ref<Ms...> self() const { return Ref<Ms...>(self_target()); }

  // A message to oneself, once after `delay` or every `period` (fixed rate, the first after one
  // period). Keep the Timer: it cancels when destroyed.
  template <class M>
    requires OneOf<M, Ms...>
  [[nodiscard]] Timer after(Duration delay, M message) {
    return start_timer(delay, Duration{0}, maker(std::move(message)));
  }
  template <class M>
    requires OneOf<M, Ms...>
  [[nodiscard]] Timer every(Duration period, M message) {
    return start_timer(period, period, maker(std::move(message)));
  }

  // Asks for a Terminated when that actor has stopped; at once if it has.
  template <class... Theirs>
  void watch(const Ref<Theirs...>& other) {
    static_assert(OneOf<Terminated, Ms...>, "to watch, an actor must accept Terminated");
    watch_target(other.target());
  }
  template <class... Theirs>
  void unwatch(const Ref<Theirs...>& other) {
    unwatch_target(other.target());
  }

 private:
  template <class M>
  Function<Envelope*()> maker(M message) {
    return [memory = &memory(), message = std::move(message)] {
      return make_envelope<M>(*memory, message);
    };
  }
};

}  // namespace pre
