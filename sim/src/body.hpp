// One running program: its life, the seams through which it sees the world, and its memory. After a
// kill the body is kept, untouched, until history ends: the memory is reclaimed then, the
// sanitizers see what was really leaked, and no destructor of a dead program runs inside the
// simulated history.
#pragma once

#include <memory>

#include <preordain/seam/environment.hpp>

#include "clock.hpp"
#include "disk/storage.hpp"
#include "executor.hpp"
#include "memory.hpp"
#include "network/attachment.hpp"
#include "timers.hpp"
#include "told.hpp"

namespace pre::sim {

// What a node gives to each of its lives.
struct Surroundings {
  Core& core;
  Schedule& schedule;
  Fabric& fabric;
  Disk& disk;
  const HostClock& clock;
  const NodeSpec& spec;
};

struct Body {
  Body(const Surroundings& around, NodeId node, Incarnation incarnation)
      : life{around.core, node, incarnation},
        clock(life, around.clock),
        timers(life, clock),
        executor(life, around.schedule),
        random(life),
        memory(life),
        network(life, around.fabric),
        storage(life, around.disk),
        process(life, around.spec),
        trace(life),
        faults(life) {}
  Body(const Body&) = delete;
  Body& operator=(const Body&) = delete;

  Life life;
  Clock clock;
  Timers timers;
  Executor executor;
  Random random;
  Memory memory;
  Attachment network;
  Storage storage;
  Process process;
  Trace trace;
  Faults faults;
  seam::Environment environment{clock,   timers,  executor, random, memory,
                                network, storage, process,  trace,  faults};
  // Last, so that it goes first: it uses all of the above.
  std::unique_ptr<Guest> guest;
};

}  // namespace pre::sim
