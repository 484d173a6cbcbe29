// How hostile a world is, as numbers. The knobs say how likely and how large; which packet, turn or
// write is hit is a keyed decision (decision.hpp).
#pragma once

#include <cstdint>

#include <preordain/base/duration.hpp>

namespace pre::sim {

// A probability as a fraction of 2^32: 0 never, 2^32 always. Integers, so that no run depends on
// how a machine rounds.
struct Chance {
  std::uint64_t of_2_32 = 0;
  friend constexpr bool operator==(Chance, Chance) = default;
};
inline constexpr Chance impossible{0};
inline constexpr Chance certain{std::uint64_t{1} << 32};
// one_in(1000): once in a thousand.
constexpr Chance one_in(std::uint64_t n) { return Chance{(std::uint64_t{1} << 32) / n}; }

enum class TurnOrder : std::uint8_t { fifo, random };

// The defaults are the calm world.
struct Knobs {
  // Time on the way, per directed link and segment or datagram.
  Duration latency_min = 100us;
  Duration latency_max = 100us;
  Chance slow{};            // once in a while a segment takes longer,
  Duration slow_max = 0ns;  // by up to this

  // Streams.
  Chance partial_read{};   // a read gives less than there is,
  Chance partial_write{};  // a write takes less than there is room for:
  std::uint32_t partial_bytes_max = 16;
  Chance reset_per_write{};  // the connection breaks instead of taking the bytes
  Chance crash_end{};        // a crashed process's peer reads `end` instead of `reset`,
  Chance crash_half_open{};  // or hears nothing at all
  Duration connect_timeout = 3s;
  Duration retransmit_limit = 20s;  // how long a sender waits for a silent path, then timed_out
  std::uint32_t send_buffer = 64 * 1024;
  std::uint32_t receive_window = 64 * 1024;
  std::uint32_t accept_backlog = 128;

  // Datagrams. Without `datagram_reorder` those of one link arrive in order.
  Chance datagram_loss{};
  Chance datagram_duplicate{};
  Chance datagram_reorder{};
  Duration datagram_late_max = 0ns;  // how much later a reordered or doubled datagram comes
  std::uint32_t datagram_queue = 256;

  // Disks. In a calm world a power loss keeps exactly what was promised; these keep more of it.
  Duration sync_min = 500us;
  Duration sync_max = 500us;
  Chance unsynced_write_kept{};
  Chance unsynced_write_torn{};  // kept up to a sector boundary in its middle
  Chance unsynced_name_kept{};

  // Clocks, drawn once per host.
  Duration wall_offset_max = 0ns;
  std::uint32_t drift_ppm_max = 0;

  // Processors.
  TurnOrder turn_order = TurnOrder::fifo;
  Chance stall{};            // after a turn the node's other ready turns wait,
  Duration stall_max = 0ns;  // for up to this

  // seam::Faults::point: which points exist for this seed, and how often those fire.
  Chance point_on{};
  Chance point_fires{};

  // Minimal latency, no faults, turns in order.
  static Knobs calm() { return {}; }
  // Swarm testing (Groce et al., ISSTA 2012): each kind of trouble is on or off for the whole seed,
  // and its intensity is log-uniform. One seed in twenty is calm.
  static Knobs drawn(std::uint64_t seed);
};

}  // namespace pre::sim
