// Keyed draws. The names are part of the format of recorded runs: never reuse one for another
// fault.
#include "choice.hpp"

#include <preordain/base/assert.hpp>

namespace pre::sim {

namespace {

constexpr std::array<std::string_view, site_count> names{
    "node.incarnation",
    "clock.wall_offset",
    "clock.drift",
    "schedule.turn",
    "cpu.stall",
    "cpu.stall_length",
    "net.latency",
    "net.slow",
    "net.slow_by",
    "net.partial_read",
    "net.partial_read_size",
    "net.partial_write",
    "net.partial_write_size",
    "net.reset",
    "net.crash_end",
    "net.crash_half_open",
    "net.datagram_loss",
    "net.datagram_duplicate",
    "net.datagram_reorder",
    "net.datagram_late",
    "net.resolve",
    "disk.sync",
    "disk.write_kept",
    "disk.write_torn",
    "disk.torn_at",
    "disk.name_kept",
};

constexpr std::array<std::uint64_t, site_count> make_ids() {
  std::array<std::uint64_t, site_count> ids{};
  for (std::size_t i = 0; i < site_count; ++i) ids[i] = hash_text(names[i]);
  return ids;
}
constexpr std::array<std::uint64_t, site_count> site_ids = make_ids();

}  // namespace

std::string_view site_name(Site site) noexcept { return names[static_cast<std::size_t>(site)]; }

void Choice::reset(std::uint64_t seed, Decider* decider) {
  seed_ = seed;
  decider_ = decider;
  for (std::size_t i = 0; i < site_count; ++i) site_keys_[i] = fold(seed, site_ids[i]);
}

std::uint64_t Choice::below(Scope& scope, Site site, std::uint64_t bound) {
  PRE_ASSERT(bound > 0, "a decision has at least one outcome");
  const auto index = static_cast<std::size_t>(site);
  const std::uint64_t visit = scope.visits_[index]++;
  if (bound == 1) return 0;
  const std::uint64_t bits = fold(fold(site_keys_[index], scope.key_), visit);
  const std::uint64_t drawn = scale_down(bits, bound);
  if (decider_ == nullptr) return drawn;
  return decided({names[index], site_ids[index], scope.node_, scope.scope_, visit, bound}, drawn);
}

bool Choice::fires(Scope& scope, Site site, Chance chance) {
  const auto index = static_cast<std::size_t>(site);
  const std::uint64_t visit = scope.visits_[index]++;
  // With a decider even an impossible fault is asked for: a replay may want it here.
  if (chance == impossible && decider_ == nullptr) return false;
  const std::uint64_t bits = fold(fold(site_keys_[index], scope.key_), visit);
  const std::uint64_t drawn = (bits >> 32) < chance.of_2_32 ? 1 : 0;
  if (decider_ == nullptr) return drawn != 0;
  return decided({names[index], site_ids[index], scope.node_, scope.scope_, visit, 2}, drawn) != 0;
}

Duration Choice::between(Scope& scope, Site site, Duration least, Duration most) {
  PRE_ASSERT(least <= most, "a range begins before it ends");
  const auto width = static_cast<std::uint64_t>((most - least).count());
  return least + Duration(static_cast<std::int64_t>(below(scope, site, width + 1)));
}

std::int64_t Choice::around_zero(Scope& scope, Site site, std::int64_t most) {
  PRE_ASSERT(most >= 0, "a range around zero has a size");
  const auto value =
      static_cast<std::int64_t>(below(scope, site, static_cast<std::uint64_t>(most) * 2 + 1));
  return value % 2 == 0 ? -(value / 2) : value / 2 + 1;
}

std::uint64_t Choice::named(const Scope& scope, std::string_view name, std::uint64_t name_id,
                            std::uint64_t visit, std::uint64_t bound, std::uint64_t drawn) {
  PRE_ASSERT(bound > 0, "a decision has at least one outcome");
  if (decider_ == nullptr) return drawn;
  return decided({name, name_id, scope.node_, scope.scope_, visit, bound}, drawn);
}

std::uint64_t Choice::raw(const Scope& scope, std::uint64_t site_id,
                          std::uint64_t visit) const noexcept {
  return fold(fold(fold(seed_, site_id), scope.key_), visit);
}

std::uint64_t Choice::decided(const Decision& decision, std::uint64_t drawn) {
  const std::uint64_t value = decider_->decide(decision, drawn);
  PRE_ASSERT(value < decision.bound, "a decider keeps to the bound of the decision");
  return value;
}

}  // namespace pre::sim
