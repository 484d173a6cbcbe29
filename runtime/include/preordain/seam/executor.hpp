// The only place where concurrency is decided: which turn runs next, and on which thread. Crossed
// once per batch of messages (idle -> ready), never once per message.
#pragma once

#include <cstdint>

namespace pre::seam {

// Something that can be run, one run at a time: an actor's slot, a connection's driver.
class Turn {
 public:
  enum class Next : std::uint8_t {
    idle,   // nothing left; whoever brings new work calls ready() again
    again,  // work is left; queue me behind the others
  };

  // Does at most `budget` steps of work (>= 1; one step is one message). Never called twice at the
  // same time. After returning idle the turn may already run elsewhere or be destroyed: the
  // executor does not touch it any more.
  virtual Next run(unsigned budget) noexcept = 0;

  // A number that is the same in every run with the same seed: names the turn in schedules and
  // hashes. Never an address.
  virtual std::uint64_t identity() const noexcept = 0;

 protected:
  ~Turn() = default;
};

class Executor {
 public:
  // Queues the turn. The caller guarantees that it is not queued or running already: the turn's own
  // idle -> ready transition decides who calls. Thread-safe.
  virtual void ready(Turn& turn) noexcept = 0;

 protected:
  ~Executor() = default;
};

}  // namespace pre::seam
