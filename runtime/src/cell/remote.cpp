#include <preordain/runtime/remote.hpp>

#include "cell/cell.hpp"

namespace pre {

namespace {

const MessageType* accepted(const ActorType& actor, std::string_view name) {
  for (unsigned i = 0; i < actor.accepts_count; ++i) {
    if (actor.accepts[i]->name == name) return actor.accepts[i];
  }
  return nullptr;
}

}  // namespace

Result<void> deliver_from_wire(const TargetPtr& target, ActorUid uid, std::string_view type,
                               ByteView bytes, wire::Context* context, AskWaiter* waiter,
                               std::uint64_t token) {
  Cell& cell = cell_of(target);
  if (uid && uid != cell.pid().uid) {
    return Error(Errc::no_such_actor,
                 cell.pid().path + " is another incarnation than the one meant");
  }
  const MessageType* message = accepted(cell.type(), type);
  if (message == nullptr) {
    return Error(Errc::not_serializable,
                 cell.pid().path + " does not accept messages of type " + std::string(type));
  }
  if (message->decode == nullptr) {
    return Error(Errc::not_serializable, std::string(type) + " has no wire form");
  }
  if (waiter != nullptr && message->reply == nullptr) {
    return Error(Errc::not_serializable, std::string(type) + " has no answer to ask for");
  }
  seam::Memory& memory = cell.memory();
  void* block = memory.allocate(message->offset + message->size);
  auto* envelope = ::new (block) Envelope(*message);
  if (Result<void> read = message->decode(envelope->value(), bytes, context); !read) {
    free_block(memory, envelope);
    return read;
  }
  if (waiter != nullptr) {
    envelope->ask = message->reply->make(memory);
    envelope->ask->asked = target;
    const bool waiting = envelope->ask->wait(*waiter, token);
    PRE_ASSERT(waiting, "nobody can have answered an ask that was not sent");
  }
  cell.deliver(envelope);
  return {};
}

}  // namespace pre
