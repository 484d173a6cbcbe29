// What happened, one line each. Every record is folded into the hash of the run, so two runs with
// equal hashes did the same things in the same order.
#pragma once

#include <cstdint>
#include <string_view>

#include <preordain/base/duration.hpp>
#include <preordain/base/ids.hpp>
#include <preordain/seam/trace.hpp>
#include <preordain/sim/node.hpp>

namespace pre::sim {

enum class Kind : std::uint8_t {
  started = 1,  // a node begins a new life
  killed,       // digest: the Death
  left,         // its program returned in good order
  paused,
  resumed,
  stop_request,
  action,  // the harness acts
  cut,     // a link, in one direction; digest: the receiving node
  healed,
  severed,     // a connection carries nothing any more, in silence
  turn,        // actor: the turn's identity; digest: idle or again
  stalled,     // the node's ready turns wait; digest: for how long
  timer,       // a timer fired; digest: its id
  point,       // a fault point fired; digest: its value
  connecting,  // actor in all stream events: the number of the connection
  connected,
  accepted,
  refused,
  segment,  // bytes arrived; digest: their hash
  end_of_stream,
  reset,
  timed_out,
  closed,
  held,      // a segment waits for a blocked path
  datagram,  // arrived; digest: its hash
  datagram_lost,
  resolved,
  written,  // a file; digest: bytes and offset
  truncated,
  syncing,
  synced,
  named,         // a name was made, changed or removed
  disk_lost,     // a power loss took it; digest: what was left
  armed,         // a timer; digest: when it is due, on the world's clock
  product = 64,  // + seam::EventKind: said by the product through seam::Trace
};
std::string_view name_of(Kind kind) noexcept;

constexpr Kind product_kind(seam::EventKind kind) {
  return static_cast<Kind>(static_cast<std::uint8_t>(Kind::product) +
                           static_cast<std::uint8_t>(kind));
}

// Views live only during the call of the observer. `text` is for people and is not hashed.
struct Record {
  std::uint64_t seq;        // 1, 2, 3 ...
  Instant time;             // world time
  NodeId node;              // or no_node
  Incarnation incarnation;  // or none
  Kind kind;
  std::uint64_t actor;  // the turn, the actor, or the connection
  std::uint64_t digest;
  std::string_view what;
  std::string_view text;
};

}  // namespace pre::sim
