// Folding records into the chain, and the words for their kinds.
#include "journal.hpp"

#include <array>

namespace pre::sim {

namespace {

constexpr std::array<std::string_view, 36> names{
    "none",         "started",  "killed",        "left",       "paused",    "resumed",
    "stop_request", "action",   "cut",           "healed",     "severed",   "turn",
    "stalled",      "timer",    "point",         "connecting", "connected", "accepted",
    "refused",      "segment",  "end_of_stream", "reset",      "timed_out", "closed",
    "held",         "datagram", "datagram_lost", "resolved",   "written",   "truncated",
    "syncing",      "synced",   "named",         "disk_lost",  "armed",     "unknown"};

}  // namespace

std::string_view name_of(Kind kind) noexcept {
  const auto number = static_cast<std::uint8_t>(kind);
  constexpr auto first_of_product = static_cast<std::uint8_t>(Kind::product);
  if (number > first_of_product) {
    return seam::name_of(static_cast<seam::EventKind>(number - first_of_product));
  }
  return number < names.size() ? names[number] : names.back();
}

void Journal::reset(std::uint64_t seed) {
  hash_ = mix(seed);
  seq_ = 0;
  observer_ = {};
}

void Journal::write(Record record) {
  record.seq = ++seq_;
  const auto time = static_cast<std::uint64_t>(record.time.time_since_epoch().count());
  const auto kind = static_cast<std::uint64_t>(record.kind);
  // The sequence number is in the chain by its length: the n-th fold is the n-th event.
  std::uint64_t state = fold(hash_, time);
  state = fold(state, (static_cast<std::uint64_t>(record.node.value) << 8) | kind);
  state = fold(state, record.incarnation.value);
  state = fold(state, record.actor);
  state = fold(state, record.digest);
  if (!record.what.empty()) state = fold(state, hash_text(record.what));
  hash_ = state;
  if (observer_) observer_(record);
}

}  // namespace pre::sim
