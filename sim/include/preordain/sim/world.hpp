// A world made of one queue, one clock and one seed. Nodes run in it exactly as they would outside,
// behind the seams; the same seed gives the same history, byte for byte, and the same hash().
//
//   add_node ... start -> [ event -> wake-ups -> turns ]* -> end        one world, one history
//     ^                                                       |
//     +------------------------ reset(next seed) -------------+
//
// Time jumps from event to event; idle time costs nothing. While a node has ready turns they run at
// the current instant. Single-threaded; two worlds share nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <preordain/base/duration.hpp>
#include <preordain/base/function.hpp>
#include <preordain/base/ids.hpp>
#include <preordain/sim/decision.hpp>
#include <preordain/sim/knobs.hpp>
#include <preordain/sim/node.hpp>
#include <preordain/sim/record.hpp>

namespace pre::sim {

struct WorldOptions {
  std::uint64_t seed = 1;
  Knobs knobs{};
  Decider* decider = nullptr;  // sees and may replace every decision; must outlive the history
  // More turns or timers than this at one instant of one node are a busy loop.
  std::uint32_t turns_per_instant_max = 100'000;
};

// Why a world stands still: a bug of the product that would never let time go on.
struct Trouble {
  NodeId node;
  std::uint64_t turn;  // identity of the last turn that ran
  std::string text;
};

class World {
 public:
  explicit World(WorldOptions options = {});
  ~World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  // Ends history and begins an empty one, which cannot be told from a new World. Cheap: pools stay.
  // Observer and hooks are dropped too.
  void reset(WorldOptions options);
  // Ends history: reclaims the memory of all nodes, living and dead. Only here do destructors of
  // killed programs run; whatever they still ask of the world is refused and counted. Not from
  // inside a turn.
  void end();

  // --- nodes ---
  NodeId add_node(NodeSpec spec);
  std::optional<NodeId> find(std::string_view name) const;
  std::size_t node_count() const;
  const std::string& name(NodeId node) const;
  NodeState state(NodeId node) const;
  // None while down.
  Incarnation incarnation(NodeId node) const;
  // The running program, or nullptr.
  Guest* guest(NodeId node) const;

  // Begins a new life. Precondition: the node is down.
  void start(NodeId node);
  // The program stops between two turns and never hears of it. On a node that is down already, a
  // power loss still hits the disk and a crash does nothing.
  void kill(NodeId node, Death death);
  // SIGSTOP and SIGCONT. Nothing happens if the node is not running, or not paused.
  void pause(NodeId node);
  void resume(NodeId node);
  // SIGTERM: seam::Process::stop_requested becomes true.
  void request_stop(NodeId node);
  // The program returned from main: its destructors run, now, in a living environment. Not from
  // inside one of its own turns.
  void leave(NodeId node);

  // --- the network between them ---
  // One direction. Segments are held and come after heal, if the sender has the patience; datagrams
  // are lost.
  void cut(NodeId from, NodeId to);
  void heal(NodeId from, NodeId to);
  void heal_all();
  bool is_cut(NodeId from, NodeId to) const;
  // All present connections between the two break; both sides read reset.
  void reset_streams(NodeId one, NodeId other);
  // All present connections between the two go silent for good, in both directions, as when a
  // firewall forgets them. Whoever writes learns it by a time-out.
  void sever_streams(NodeId one, NodeId other);

  // --- time ---
  Instant now() const;
  // `action` is an event like any other, ordered after those planned earlier for the same instant.
  // A time in the past means now.
  void at(Instant time, Function<void()> action);
  // One turn or one event. false: nothing is left, or the world is in trouble().
  bool step();
  // All events up to and including `time`; then it is `time`.
  void run_until(Instant time);
  // Until nothing is planned any more: true. false: `limit` came first, or trouble().
  bool run_until_idle(Instant limit);

  // --- what happened ---
  std::uint64_t hash() const;
  std::uint64_t events() const;
  const std::optional<Trouble>& trouble() const;
  // Calls that dead programs made through their seams in this history.
  std::uint64_t poisoned_calls() const;
  // Called for every record, in order. Must not act on the world.
  void observe(Function<void(const Record&)> observer);
  // Called after each turn. May act on the world.
  void after_turn(Function<void(NodeId)> hook);

 private:
  class Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace pre::sim
