#include "remote_target.hpp"

#include <preordain/base/hash.hpp>

namespace pre::remoting {

void RemoteTarget::deliver(Envelope* envelope) noexcept {
  const MessageType& type = *envelope->type;
  if (type.encode == nullptr) {
    parts_->trace(seam::EventKind::dead_letter, type.name, "it has no wire form");
    return discard(memory(), envelope,
                   Error(Errc::not_serializable,
                         std::string(type.name) + " has no wire form and cannot leave its node"));
  }
  WireEnvelope wire{pid_.path, pid_.uid, std::string(type.name), {}, 0, {}, 0};
  type.encode(envelope->value(), wire.payload, parts_.get());
  OpenAsk ask(std::exchange(envelope->ask, nullptr));
  discard(memory(), envelope, Error(Errc::cancelled));
  parts_->trace(seam::EventKind::wire, type.name, pid_.path, hash_bytes(wire.payload));
  association_->deliver(make_envelope<Outbound>(memory(), std::move(wire), std::move(ask)));
}

void NoTarget::deliver(Envelope* envelope) noexcept {
  parts_->count(&RemotingStats::failed);
  parts_->trace(seam::EventKind::dead_letter, envelope->type->name, pid_.path);
  discard(memory(), envelope, Error(Errc::no_such_actor, "nobody is known at " + pid_.text()));
}

}  // namespace pre::remoting
