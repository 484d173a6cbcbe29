// The door for remoting: how a message from the wire gets into a local mailbox. Not for users.
#pragma once

#include <preordain/runtime/system.hpp>

namespace pre {

// Reads a message of the named type, which `target`'s class must accept, and delivers it. With a
// waiter the message is an ask: the waiter gets ask_done(ask) with mark `token`, exactly once, and
// owes ask.release() twice (the asker's and the answerer's reference). Errors: no_such_actor
// (another incarnation lives there), not_serializable (the type or the bytes); nothing was
// delivered then.
Result<void> deliver_from_wire(const TargetPtr& target, ActorUid uid, std::string_view type,
                               ByteView bytes, wire::Context* context, AskWaiter* waiter,
                               std::uint64_t token);

}  // namespace pre
