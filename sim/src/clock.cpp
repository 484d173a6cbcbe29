// Arithmetic of slow and fast clocks, in integers: it must round alike everywhere.
#include "clock.hpp"

namespace pre::sim {

namespace {
constexpr std::int64_t million = 1'000'000;
// 2026-01-01 UTC: where every world begins. A date of the present, so that certificates are valid.
constexpr WallTime dawn{std::chrono::seconds(1'767'225'600)};
}  // namespace

HostClock HostClock::drawn(Core& core, Scope& host) {
  const Knobs& knobs = core.knobs;
  const auto offset =
      core.choice.around_zero(host, Site::wall_offset, knobs.wall_offset_max.count());
  const auto drift = core.choice.around_zero(host, Site::drift, knobs.drift_ppm_max);
  return {Duration(offset), drift};
}

Duration HostClock::local(Duration world) const noexcept {
  // Split, so that the product with the drift cannot overflow.
  const std::int64_t whole = world.count() / million;
  const std::int64_t rest = world.count() % million;
  return world + Duration(whole * drift_ppm + rest * drift_ppm / million);
}

Duration HostClock::world(Duration local_time) const noexcept {
  if (drift_ppm == 0) return local_time;
  const std::int64_t speed = million + drift_ppm;
  const std::int64_t wanted = local_time.count();
  Duration guess(wanted / speed * million + wanted % speed * million / speed);
  // The guess is at most a few nanoseconds off, by rounding.
  while (local(guess) < local_time) ++guess;
  while (guess > 0ns && local(guess - 1ns) >= local_time) --guess;
  return guess;
}

Instant Clock::read() const noexcept {
  const Instant world = life_.alive ? life_.core.now : life_.died;
  return Instant(host_.local(world - life_.born));
}

Instant Clock::now() const noexcept {
  static_cast<void>(life_.refuses());  // the dead read the time of their death
  return read();
}

WallTime Clock::wall() const noexcept {
  static_cast<void>(life_.refuses());
  const Instant world = life_.alive ? life_.core.now : life_.died;
  return dawn + host_.wall_offset + host_.local(world.time_since_epoch());
}

Instant Clock::world_time_of(Instant local) const noexcept {
  const Duration since_birth = local.time_since_epoch();
  if (since_birth <= 0ns) return life_.core.now;
  // Half of all time is 146 years: a deadline beyond it never comes.
  if (since_birth > never.time_since_epoch() / 2) return never;
  const Instant world = saturating_add(life_.born, host_.world(since_birth));
  return world < life_.core.now ? life_.core.now : world;
}

}  // namespace pre::sim
