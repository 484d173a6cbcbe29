#include <preordain/runtime/inspect.hpp>

#include "tree/parts.hpp"

namespace pre {

void each_actor(const System& system, const ActorType& type,
                Function<void(const ActorBase&, const Pid&)> see) {
  system.parts().directory.each([&](const TargetPtr& target) {
    const Cell& cell = cell_of(target);
    if (&cell.type() == &type && cell.actor() != nullptr) see(*cell.actor(), cell.pid());
  });
}

std::uint64_t dead_letters(const System& system) noexcept {
  return system.parts().dead_letters.load(std::memory_order_relaxed);
}

}  // namespace pre
