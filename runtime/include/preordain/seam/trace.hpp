// Where events go. In a simulation every one is folded into the run's hash; in production they feed
// the log. Tracing is pure: it may not change what happens next.
#pragma once

#include <cstdint>
#include <string_view>

namespace pre::seam {

enum class EventKind : std::uint8_t {
  spawned = 1,
  started,
  received,  // a handler begins
  replied,   // an ask got its end
  failed,    // an exception left a handler
  restarted,
  resumed,
  stopped,
  dead_letter,
  timer,  // an actor's timer or deadline fired
  link,   // an association changed its state
  wire,   // a frame was sent or received
  log,    // a line for people
};
std::string_view name_of(EventKind kind) noexcept;

// Views live only during the call.
struct Event {
  EventKind kind;
  std::uint64_t actor = 0;   // ActorUid of the one it happened to; 0: the node itself
  std::uint64_t digest = 0;  // hash of the payload and of what it did
  std::string_view what{};   // message type, frame kind, file
  std::string_view text{};   // path, reason
};

class Trace {
 public:
  // Cheap: lets the caller skip making digests nobody wants.
  bool wanted() const noexcept { return wanted_; }
  // Thread-safe.
  virtual void event(const Event& event) noexcept = 0;

 protected:
  explicit Trace(bool wanted) : wanted_(wanted) {}
  ~Trace() = default;

 private:
  const bool wanted_;
};

}  // namespace pre::seam
