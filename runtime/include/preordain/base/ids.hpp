// Ids are types, never bare integers: a NodeId cannot be passed where a TimerId is wanted.
#pragma once

#include <compare>
#include <cstdint>

namespace pre {

template <class Tag>
struct Id {
  std::uint64_t value = 0;
  friend constexpr auto operator<=>(Id, Id) = default;
  // 0 is "none".
  constexpr explicit operator bool() const noexcept { return value != 0; }
};

// One armed timer. Unique within a node incarnation.
using TimerId = Id<struct TimerTag>;
// One life of one node: changes with every restart. Random in production, drawn in the simulator.
using Incarnation = Id<struct IncarnationTag>;
// One life of one actor: paths are reused, uids are not, not even after a restart of the node.
using ActorUid = Id<struct ActorUidTag>;

}  // namespace pre
