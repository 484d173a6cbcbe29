// From a message to a call of on(...), and from what it returns to an answer. Everything that does
// not depend on the actor class or the message lives in src/cell/.
#pragma once

#include <exception>

#include <preordain/runtime/reply.hpp>
#include <preordain/runtime/spawn.hpp>

namespace pre::handler {

// One message in the hands of its handler. Frees the envelope; settles the ask if the handler
// throws.
class Delivery {
 public:
  Delivery(Cell& cell, Envelope* envelope) noexcept : cell_(cell), envelope_(envelope) {}
  Delivery(const Delivery&) = delete;
  Delivery& operator=(const Delivery&) = delete;
  ~Delivery();

  void* value() const noexcept { return envelope_->value(); }
  // The answerer's reference; null when nobody asked.
  AskState* take_ask() const noexcept { return std::exchange(envelope_->ask, nullptr); }
  // An exception left the handler: answers the asker and, if it was not a mere Failure, tells the
  // supervisor.
  void failed(std::exception_ptr error) noexcept;
  // The handler is a coroutine: the slot runs it; `finish` turns its value into the answer.
  using Finish = void (*)(TaskPromise& ended, AskState* ask);
  void run(std::coroutine_handle<> frame, TaskPromise& root, Finish finish) noexcept;

 private:
  Cell& cell_;
  Envelope* envelope_;
};

template <class T>
struct TaskValue {
  static constexpr bool is_task = false;
};
template <class T>
struct TaskValue<Task<T>> {
  static constexpr bool is_task = true;
  using type = T;
};
template <class T>
struct Unwrapped {
  using type = T;
};
template <class T>
struct Unwrapped<Result<T>> {
  using type = T;
};

template <class R, class V>
inline constexpr bool answers = std::is_same_v<typename Unwrapped<V>::type, R>;

template <class R, class V>
void finish_with_value(TaskPromise& ended, AskState* ask) {
  Reply<R>(ask).end(static_cast<task::Promise<V>&>(ended).take());
}
inline void finish_without_value(TaskPromise& ended, AskState*) {
  static_cast<task::Promise<void>&>(ended).take();
}

template <class V>
void run_task(Delivery& delivery, Task<V> task, Delivery::Finish finish) {
  TaskPromise& root = task.promise();
  delivery.run(task.release(), root, finish);
}

template <class A, class M>
void call(A& actor, M& message, Delivery& delivery) {
  constexpr bool plain = requires { actor.on(std::move(message)); };
  constexpr bool later = [] {
    if constexpr (Request<M>) {
      return requires(A& a, M& m, Reply<typename M::Reply> r) { a.on(std::move(m), std::move(r)); };
    } else {
      return false;
    }
  }();
  static_assert(plain || later, "this actor accepts a message that it has no on(...) for");
  if constexpr (later) {
    Reply<typename M::Reply> reply(delivery.take_ask());
    using V = decltype(actor.on(std::move(message), std::move(reply)));
    if constexpr (TaskValue<V>::is_task) {
      run_task(delivery, actor.on(std::move(message), std::move(reply)), &finish_without_value);
    } else {
      actor.on(std::move(message), std::move(reply));
    }
  } else if constexpr (plain) {
    using V = decltype(actor.on(std::move(message)));
    if constexpr (Request<M>) {
      using R = typename M::Reply;
      if constexpr (TaskValue<V>::is_task) {
        using T = typename TaskValue<V>::type;
        static_assert(answers<R, T>, "on(...) must give the message's Reply");
        run_task(delivery, actor.on(std::move(message)), &finish_with_value<R, T>);
      } else {
        static_assert(!std::is_void_v<V>,
                      "a Request must be answered: return its Reply, or take a Reply<...>");
        static_assert(answers<R, V>, "on(...) must give the message's Reply");
        Result<R> result(actor.on(std::move(message)));
        Reply<R>(delivery.take_ask()).end(std::move(result));
      }
    } else if constexpr (TaskValue<V>::is_task) {
      static_assert(std::is_void_v<typename TaskValue<V>::type>,
                    "a message without a Reply has no use for the handler's value");
      run_task(delivery, actor.on(std::move(message)), &finish_without_value);
    } else {
      static_assert(std::is_void_v<V>, "a message without a Reply has no use for on(...)'s value");
      actor.on(std::move(message));
    }
  }
}

template <class A, class M>
bool dispatch_one(Cell& cell, ActorBase& actor, Envelope* envelope) {
  if (envelope->type != &message_type<M>) return false;
  Delivery delivery(cell, envelope);
  try {
    call<A, M>(static_cast<A&>(actor), *static_cast<M*>(delivery.value()), delivery);
  } catch (...) {
    delivery.failed(std::current_exception());
  }
  return true;
}

// The envelope is of a type that the actor does not accept: a dead letter.
void unhandled(Cell& cell, Envelope* envelope) noexcept;

template <class A, class Accepted>
struct Table;
template <class A, class... Ms>
struct Table<A, Protocol<Ms...>> {
  static void dispatch(Cell& cell, ActorBase& actor, Envelope* envelope) {
    if (!(dispatch_one<A, Ms>(cell, actor, envelope) || ...)) unhandled(cell, envelope);
  }
  static constexpr const MessageType* accepts[sizeof...(Ms) + 1] = {&message_type<Ms>..., nullptr};
};

template <class A>
inline constexpr ActorType actor_type{
    wire::type_name<A>(), Table<A, typename A::Accepts>::accepts,
    sizeof(Table<A, typename A::Accepts>::accepts) / sizeof(void*) - 1,
    &Table<A, typename A::Accepts>::dispatch};

// Keeps copies of the arguments: a restart needs them again.
template <class A, class... Args>
SpawnRequest request(SpawnOptions options, Args... args) {
  static_assert((std::is_copy_constructible_v<Args> && ...),
                "an actor's arguments must be copyable: a restart needs them again");
  return SpawnRequest{std::move(options), &actor_type<A>,
                      ActorFactory([args...]() -> std::unique_ptr<ActorBase> {
                        return std::make_unique<A>(args...);
                      })};
}

}  // namespace pre::handler
