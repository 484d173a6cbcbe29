// What the runtime says to a cell. Signals travel as envelopes of the control lane: before user
// messages, and past a shut mailbox.
#pragma once

#include <exception>

#include <preordain/runtime/target.hpp>

namespace pre::signal {

struct Start {};    // make the actor, call started()
struct Stop {};     // end in good order
struct Restart {};  // the parent decided: a new object
struct Resume {};   // the parent decided: go on
struct Adopt {
  TargetPtr child;
};  // made from outside the parent's slot
struct Failed {
  TargetPtr child;
  std::exception_ptr error;
};
struct ChildStopped {
  TargetPtr child;
};
struct Watch {
  TargetPtr watcher;
};
struct Unwatch {
  TargetPtr watcher;
};
struct Gone {
  TargetPtr target;
};  // to a watcher
struct TimerTurn {
  TimerId key;
};  // of the user lane: a timer's message is made when its turn comes
struct TimerDue {
  TimerId id;
};
struct Woken {
  std::uint64_t token;
};

template <class S>
inline constexpr MessageType type{
    "signal", sizeof(S), message::offset_of_value<S>(), true, &message::destroy<S>, nullptr,
    nullptr,  nullptr};

template <class S>
Envelope* make(seam::Memory& memory, S value) {
  void* block = memory.allocate(type<S>.offset + type<S>.size);
  auto* envelope = ::new (block) Envelope(type<S>);
  ::new (envelope->value()) S(std::move(value));
  return envelope;
}

}  // namespace pre::signal
