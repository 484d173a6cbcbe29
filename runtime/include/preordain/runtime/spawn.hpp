// How an actor is made: options, the table of an actor class, and the request that carries both.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <preordain/base/function.hpp>
#include <preordain/runtime/ref.hpp>
#include <preordain/runtime/supervision.hpp>

namespace pre {

class ActorBase;
class Cell;

struct SpawnOptions {
  std::string name{};         // empty: the runtime makes one
  Supervision supervision{};  // what the parent does when this actor fails
};

// One per actor class: what it accepts, and the code that unpacks a message and calls on(...).
struct ActorType {
  std::string_view name;
  const MessageType* const* accepts;
  unsigned accepts_count;
  void (*dispatch)(Cell& cell, ActorBase& actor, Envelope* envelope);
};

// Makes the actor, again for every restart.
using ActorFactory = Function<std::unique_ptr<ActorBase>()>;

struct SpawnRequest {
  SpawnOptions options;
  const ActorType* type;
  ActorFactory make;
};

}  // namespace pre
