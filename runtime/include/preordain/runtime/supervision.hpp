// What a parent does when a child fails. Rules are tried in the order they were added; the first
// that matches the exception's type decides (SUP rules, docs/reference/rules.md;
// one-for-one here).
#pragma once

#include <cstdint>
#include <exception>
#include <optional>
#include <utility>
#include <vector>

#include <preordain/base/duration.hpp>

namespace pre {

enum class Directive : std::uint8_t {
  restart,  // a new object from the same arguments; the mailbox is kept, the failing message is not
  resume,   // go on with the same object; the failing message is lost
  stop,     // the end; queued messages become dead letters
  escalate,  // the parent fails with the same error, and its own parent decides
};

// More than `max` failures, each within `within` of the one before: stop instead of restart.
struct RestartLimit {
  unsigned max = 10;
  Duration within = 1min;
};

// The wait before the n-th consecutive restart is min(initial * 2^(n-1), max), and never less than
// initial (SUP-13). initial 0: no wait.
struct Backoff {
  Duration initial{0};
  Duration max{0};
};

class Supervision {
 public:
  Supervision() = default;

  // For exceptions of type E and types derived from it.
  template <class E>
  Supervision& on(Directive directive) {
    rules_.push_back({&matches<E>, directive});
    return *this;
  }
  // For what no rule names. Default: restart.
  Supervision& otherwise(Directive directive) {
    otherwise_ = directive;
    return *this;
  }
  Supervision& limit(RestartLimit limit) {
    limit_ = limit;
    return *this;
  }
  Supervision& backoff(Backoff backoff) {
    backoff_ = backoff;
    return *this;
  }

  Directive directive_for(const std::exception_ptr& error) const {
    for (const Rule& rule : rules_) {
      if (rule.matches(error)) return rule.directive;
    }
    return otherwise_;
  }
  const RestartLimit& restart_limit() const { return limit_; }
  const Backoff& restart_backoff() const { return backoff_; }

 private:
  struct Rule {
    bool (*matches)(const std::exception_ptr&);
    Directive directive;
  };
  template <class E>
  static bool matches(const std::exception_ptr& error) {
    try {
      std::rethrow_exception(error);
    } catch (const E&) {
      return true;
    } catch (...) {
      return false;
    }
  }

  std::vector<Rule> rules_;
  Directive otherwise_ = Directive::restart;
  RestartLimit limit_{};
  Backoff backoff_{};
};

}  // namespace pre
