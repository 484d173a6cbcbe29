// Every decision of the simulated world is drawn here, and nowhere else. A draw is keyed by where
// it is made (site), for whom (scope) and how often that pair was reached before (visit); see
// decision.hpp for what that buys. Counting visits costs an array index, so scopes carry the
// counts.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include <preordain/base/duration.hpp>
#include <preordain/base/hash.hpp>
#include <preordain/sim/decision.hpp>
#include <preordain/sim/knobs.hpp>

namespace pre::sim {

// The numbers may change: keys are made of the names in site_name().
enum class Site : std::uint8_t {
  incarnation,
  wall_offset,
  drift,
  turn,
  stall,
  stall_length,
  latency,
  slow,
  slow_by,
  partial_read,
  partial_read_size,
  partial_write,
  partial_write_size,
  reset,
  crash_end,
  crash_half_open,
  datagram_loss,
  datagram_duplicate,
  datagram_reorder,
  datagram_late,
  resolve,
  sync,
  write_kept,
  write_torn,
  torn_at,
  name_kept,
  count
};
inline constexpr std::size_t site_count = static_cast<std::size_t>(Site::count);
std::string_view site_name(Site site) noexcept;

// One stretch in which visits are counted: a life of a node, a host, or a directed link.
class Scope {
 public:
  Scope() = default;
  Scope(NodeId node, std::uint64_t scope)
      : node_(node), scope_(scope), key_(fold(fold(0, node.value), scope)) {}

  NodeId node() const noexcept { return node_; }

 private:
  friend class Choice;
  NodeId node_ = no_node;
  std::uint64_t scope_ = 0;
  std::uint64_t key_ = 0;
  std::array<std::uint32_t, site_count> visits_{};
};

class Choice {
 public:
  void reset(std::uint64_t seed, Decider* decider);

  // A value in [0, bound); bound must not be 0. 0 is the calm answer.
  std::uint64_t below(Scope& scope, Site site, std::uint64_t bound);
  // Does the fault happen?
  bool fires(Scope& scope, Site site, Chance chance);
  // In [least, most]; the calm answer is `least`.
  Duration between(Scope& scope, Site site, Duration least, Duration most);
  // In [-most, most]; the calm answer is 0.
  std::int64_t around_zero(Scope& scope, Site site, std::int64_t most);

  // For sites that the product names, with an answer drawn by the caller from raw(): lets the
  // decider see it.
  std::uint64_t named(const Scope& scope, std::string_view name, std::uint64_t name_id,
                      std::uint64_t visit, std::uint64_t bound, std::uint64_t drawn);
  // 64 keyed bits, seen by no decider.
  std::uint64_t raw(const Scope& scope, std::uint64_t site_id, std::uint64_t visit) const noexcept;

 private:
  std::uint64_t decided(const Decision& decision, std::uint64_t drawn);

  std::uint64_t seed_ = 0;
  std::array<std::uint64_t, site_count> site_keys_{};  // fold(seed, site id)
  Decider* decider_ = nullptr;
};

// Multiply-shift (Lemire 2019); the bias below 2^-32 is accepted. n must not be 0.
constexpr std::uint64_t scale_down(std::uint64_t bits, std::uint64_t n) {
  return static_cast<std::uint64_t>((static_cast<unsigned __int128>(bits) * n) >> 64);
}

}  // namespace pre::sim
