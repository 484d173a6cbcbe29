// The decision about a failure, as a pure function of the rules, the error, the time and the faults
// so far (SUP-12, SUP-13).
#pragma once

#include <preordain/runtime/supervision.hpp>

namespace pre {

// Consecutive failures of one child.
struct FaultWindow {
  unsigned count = 0;
  Instant last{};
};

struct Decision {
  Directive directive;
  Duration delay{0};       // before a restart
  bool exhausted = false;  // the rule said restart, the limit said no
};

// Counts the failure in `window`.
Decision decide(const Supervision& rules, const std::exception_ptr& error, Instant now,
                FaultWindow& window);

// The wait before the n-th consecutive restart; n >= 1.
Duration restart_delay(const Backoff& backoff, unsigned n);

}  // namespace pre
