// Random, Process, Trace and Faults of one life.
#include "told.hpp"

#include <algorithm>

#include <preordain/base/assert.hpp>

namespace pre::sim {

namespace {
constexpr std::uint64_t random_site = hash_text("random");
constexpr std::uint64_t point_on_site = hash_text("fault.point_on");
constexpr std::uint64_t point_fires_site = hash_text("fault.point_fires");
constexpr std::uint64_t point_value_site = hash_text("fault.point_value");
}  // namespace

std::uint64_t Random::next() noexcept {
  static_cast<void>(life_.refuses());
  return life_.core.choice.raw(life_.scope, random_site, visits_++);
}

std::optional<std::string> Process::setting(std::string_view key) const {
  const auto found = spec_.settings.find(key);
  if (found == spec_.settings.end()) return std::nullopt;
  return found->second;
}

void Process::watch_stop(seam::Wake* wake) noexcept {
  PRE_ASSERT(wake == nullptr || !watcher_.attached(), "one watcher of the stop at a time");
  watcher_.detach();
  if (life_.refuses() || wake == nullptr) return;
  watcher_.attach(life_, *wake);
  if (stop_requested_) watcher_.call();
}

void Process::request_stop() {
  if (stop_requested_) return;
  stop_requested_ = true;
  watcher_.call();
}

void Trace::event(const seam::Event& event) noexcept {
  if (life_.refuses()) return;
  life_.write(product_kind(event.kind), event.actor, event.digest, event.what, event.text);
}

std::uint32_t Faults::point(std::string_view id) noexcept {
  if (life_.refuses()) return 0;
  const std::uint64_t id_hash = hash_text(id);
  const std::uint64_t number = visit(id_hash);
  constexpr std::uint64_t bound = std::uint64_t{1} << 32;
  const auto value = static_cast<std::uint32_t>(
      life_.core.choice.named(life_.scope, id, id_hash, number, bound, draw(id_hash, number)));
  if (value != 0) life_.write(Kind::point, 0, value, id);
  return value;
}

std::uint64_t Faults::visit(std::uint64_t id) {
  const auto at =
      std::lower_bound(visits_.begin(), visits_.end(), id,
                       [](const Visits& entry, std::uint64_t wanted) { return entry.id < wanted; });
  if (at != visits_.end() && at->id == id) return at->count++;
  visits_.insert(at, {id, 1});
  return 0;
}

// A point exists for a whole seed or not at all; one that exists fires now and then. Otherwise
// every run would be hit everywhere and none would get far.
std::uint32_t Faults::draw(std::uint64_t id, std::uint64_t visit) const noexcept {
  const Choice& choice = life_.core.choice;
  const Knobs& knobs = life_.core.knobs;
  const auto high = [&](const Scope& scope, std::uint64_t site, std::uint64_t n) {
    return static_cast<std::uint32_t>(choice.raw(scope, fold(site, id), n) >> 32);
  };
  if (knobs.point_on == impossible || knobs.point_fires == impossible) return 0;
  if (high(Scope{}, point_on_site, 0) >= knobs.point_on.of_2_32) return 0;
  if (high(life_.scope, point_fires_site, visit) >= knobs.point_fires.of_2_32) return 0;
  return std::max(high(life_.scope, point_value_site, visit), 1U);
}

}  // namespace pre::sim
