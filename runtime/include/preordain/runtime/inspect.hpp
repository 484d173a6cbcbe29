// Read-only eyes inside a system, for invariants and tests. Only while no turn of it runs: between
// two steps of a simulator.
#pragma once

#include <cstdint>

#include <preordain/runtime/system.hpp>

namespace pre {

// Calls `see` for every live actor whose class is `type`, in the order of paths.
void each_actor(const System& system, const ActorType& type,
                Function<void(const ActorBase&, const Pid&)> see);

// The same, typed.
template <class A, class F>
void each_actor(const System& system, F&& see) {
  each_actor(system, handler::actor_type<A>, [&see](const ActorBase& actor, const Pid& pid) {
    see(static_cast<const A&>(actor), pid);
  });
}

// Messages that reached nobody, since the system began.
std::uint64_t dead_letters(const System& system) noexcept;

}  // namespace pre
