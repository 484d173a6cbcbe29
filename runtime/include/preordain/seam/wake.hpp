// The one way in which the outside world calls back. Streams, listeners, lookups and syncs are
// polled objects: they answer would_block until they can go on, and then wake their owner once.
// So no buffer is ever owned by two sides, and closing an object ends all its calls.
#pragma once

namespace pre::seam {

class Wake {
 public:
  // "Look again: something may have changed." Any thread; spurious wake-ups are allowed; one wake
  // may stand for many changes. Must return quickly and must not call back into the object.
  // Not called after the object that was given this Wake is destroyed.
  virtual void wake() noexcept = 0;

 protected:
  ~Wake() = default;
};

}  // namespace pre::seam
