// Swarm testing: what is wrong with the world of one seed.
#include <bit>
#include <initializer_list>
#include <string_view>

#include <preordain/base/hash.hpp>
#include <preordain/sim/knobs.hpp>

#include "choice.hpp"

namespace pre::sim {

namespace {

// Draws for knobs, keyed by the name of the knob: a new knob leaves the old ones as they were.
class Swarm {
 public:
  explicit Swarm(std::uint64_t seed) : seed_(fold(hash_text("knobs"), seed)) {}

  bool one_of(std::string_view name, std::uint64_t n) const { return below(name, n) == 0; }
  // Is this kind of trouble part of the seed? Two in five are.
  bool on(std::string_view name) const { return below(name, 5) < 2; }
  // Log-uniform between two positive numbers: each doubling is as likely as the next.
  std::uint64_t log_uniform(std::string_view name, std::uint64_t least, std::uint64_t most) const {
    const auto lowest = static_cast<std::uint64_t>(std::bit_width(least));
    const auto highest = static_cast<std::uint64_t>(std::bit_width(most));
    const std::uint64_t bits = fold(fold(seed_, hash_text(name)), 1);
    const std::uint64_t width = lowest + scale_down(bits, highest - lowest + 1);
    const std::uint64_t base = std::uint64_t{1} << (width - 1);
    const std::uint64_t value = base + scale_down(mix(bits), base);
    return value < least ? least : value > most ? most : value;
  }
  Duration duration(std::string_view name, Duration least, Duration most) const {
    return Duration(
        static_cast<std::int64_t>(log_uniform(name, static_cast<std::uint64_t>(least.count()),
                                              static_cast<std::uint64_t>(most.count()))));
  }
  // From once in `rare` to once in `frequent`.
  Chance chance(std::string_view name, std::uint64_t rare, std::uint64_t frequent) const {
    return Chance{log_uniform(name, one_in(rare).of_2_32, one_in(frequent).of_2_32)};
  }

 private:
  std::uint64_t below(std::string_view name, std::uint64_t n) const {
    return scale_down(fold(fold(seed_, hash_text(name)), 0), n);
  }
  std::uint64_t seed_;
};

void draw_network(const Swarm& swarm, Knobs& knobs) {
  if (swarm.on("latency")) {
    knobs.latency_min = swarm.duration("latency_min", 10us, 5ms);
    knobs.latency_max = knobs.latency_min + swarm.duration("latency_width", 10us, 50ms);
  }
  if (swarm.on("slow")) {
    knobs.slow = swarm.chance("slow_chance", 10'000, 20);
    knobs.slow_max = swarm.duration("slow_max", 1ms, 2s);
  }
  if (swarm.on("partial_read")) knobs.partial_read = swarm.chance("partial_read_chance", 100, 2);
  if (swarm.on("partial_write")) knobs.partial_write = swarm.chance("partial_write_chance", 100, 2);
  knobs.partial_bytes_max =
      static_cast<std::uint32_t>(swarm.log_uniform("partial_bytes_max", 1, 4096));
  if (swarm.on("reset")) knobs.reset_per_write = swarm.chance("reset_chance", 50'000, 200);
  if (swarm.on("crash_end")) knobs.crash_end = swarm.chance("crash_end_chance", 8, 1);
  if (swarm.on("half_open")) knobs.crash_half_open = swarm.chance("half_open_chance", 8, 1);
  if (swarm.on("small_buffers")) {
    knobs.send_buffer = static_cast<std::uint32_t>(swarm.log_uniform("send_buffer", 512, 65'536));
    knobs.receive_window =
        static_cast<std::uint32_t>(swarm.log_uniform("receive_window", 512, 65'536));
  }
  if (swarm.on("loss")) knobs.datagram_loss = swarm.chance("loss_chance", 1000, 4);
  if (swarm.on("duplicate")) knobs.datagram_duplicate = swarm.chance("dup_chance", 1000, 4);
  if (swarm.on("reorder")) knobs.datagram_reorder = swarm.chance("reorder_chance", 1000, 2);
  knobs.datagram_late_max = swarm.duration("late_max", 1ms, 5s);
}

void draw_machines(const Swarm& swarm, Knobs& knobs) {
  if (swarm.on("sync")) {
    knobs.sync_min = swarm.duration("sync_min", 10us, 5ms);
    knobs.sync_max = knobs.sync_min + swarm.duration("sync_width", 10us, 500ms);
  }
  if (swarm.on("write_kept")) knobs.unsynced_write_kept = swarm.chance("write_kept_chance", 16, 1);
  if (swarm.on("write_torn")) knobs.unsynced_write_torn = swarm.chance("write_torn_chance", 16, 1);
  if (swarm.on("name_kept")) knobs.unsynced_name_kept = swarm.chance("name_kept_chance", 16, 1);
  if (swarm.on("wall_offset")) knobs.wall_offset_max = swarm.duration("offset_max", 1ms, 1h);
  if (swarm.on("drift")) {
    knobs.drift_ppm_max = static_cast<std::uint32_t>(swarm.log_uniform("drift_max", 1, 500));
  }
  if (swarm.on("turn_order")) knobs.turn_order = TurnOrder::random;
  if (swarm.on("stall")) {
    knobs.stall = swarm.chance("stall_chance", 10'000, 20);
    knobs.stall_max = swarm.duration("stall_max", 10us, 500ms);
  }
  if (swarm.on("points")) {
    knobs.point_on = one_in(4);
    knobs.point_fires = swarm.chance("point_chance", 1000, 2);
  }
}

}  // namespace

Knobs Knobs::drawn(std::uint64_t seed) {
  const Swarm swarm(seed);
  Knobs knobs;
  if (swarm.one_of("calm", 20)) return knobs;
  draw_network(swarm, knobs);
  draw_machines(swarm, knobs);
  return knobs;
}

}  // namespace pre::sim
