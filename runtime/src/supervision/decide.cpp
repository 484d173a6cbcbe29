#include "supervision/decide.hpp"

#include <algorithm>

namespace pre {

Duration restart_delay(const Backoff& backoff, unsigned n) {
  if (backoff.initial <= Duration{0} || n == 0) return Duration{0};
  const Duration cap = std::max(backoff.initial, backoff.max);
  Duration delay = backoff.initial;
  for (unsigned i = 1; i < n; ++i) {
    if (delay >= cap - delay) return cap;  // doubling would pass it
    delay += delay;
  }
  return delay;
}

Decision decide(const Supervision& rules, const std::exception_ptr& error, Instant now,
                FaultWindow& window) {
  const Directive directive = rules.directive_for(error);
  if (directive != Directive::restart) return {directive};
  const RestartLimit& limit = rules.restart_limit();
  const bool old = limit.within > Duration{0} && now - window.last > limit.within;
  window.count = window.count == 0 || old ? 1 : window.count + 1;
  window.last = now;
  if (window.count > limit.max) return {Directive::stop, Duration{0}, true};
  return {directive, restart_delay(rules.restart_backoff(), window.count)};
}

}  // namespace pre
