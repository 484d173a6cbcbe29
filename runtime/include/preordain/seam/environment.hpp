// The outside world of one node, as references. A System is given one; nobody can ask which world
// it came from. Lives longer than the System.
#pragma once

namespace pre::seam {

class Clock;
class Timers;
class Executor;
class Random;
class Memory;
class Network;
class Storage;
class Process;
class Trace;
class Faults;

struct Environment {
  Clock& clock;
  Timers& timers;
  Executor& executor;
  Random& random;
  Memory& memory;
  Network& network;
  Storage& storage;
  Process& process;
  Trace& trace;
  Faults& faults;
};

}  // namespace pre::seam
