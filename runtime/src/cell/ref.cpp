#include <preordain/runtime/ref.hpp>

namespace pre::wire {

void encode_ref(const TargetPtr& target, Bytes& payload, Context* context) {
  if (!target) return;
  append(payload, as_bytes(context != nullptr ? static_cast<RefContext*>(context)->text_of(*target)
                                              : target->pid().text()));
}

Result<TargetPtr> decode_ref(ByteView payload, Context* context) {
  if (payload.empty() || context == nullptr) return TargetPtr();
  return static_cast<RefContext*>(context)->target_of(as_text(payload));
}

}  // namespace pre::wire
