// What every part of the simulated world shares: the time, the future, the dice and the chain.
#pragma once

#include <cstdint>
#include <optional>

#include <preordain/sim/world.hpp>

#include "choice.hpp"
#include "event_queue.hpp"
#include "journal.hpp"

namespace pre::sim {

struct Core {
  Instant now{};
  EventQueue queue;
  Choice choice;
  Journal journal;
  Knobs knobs;
  std::uint64_t poisoned_calls = 0;
  std::uint32_t turns_per_instant_max = 0;
  std::optional<Trouble> trouble;

  Ticket plan_after(Duration delay, Happening& target, std::uint64_t argument) {
    return queue.plan(saturating_add(now, delay), target, argument);
  }
};

}  // namespace pre::sim
