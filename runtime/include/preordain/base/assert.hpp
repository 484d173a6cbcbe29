// Assertions for what only a bug of ours can break. They are on in every build: a program that
// goes on after its own promise broke would lose more than one that stops. Never assert what a
// peer, a disk or a user can cause; that is a Result.
#pragma once

namespace pre {

// Prints the condition, the place and the reason to standard error and ends the process (SIGABRT).
[[noreturn]] void assertion_failed(const char* condition, const char* why, const char* file,
                                   int line) noexcept;

}  // namespace pre

// `why` says which promise broke. Split conditions: two asserts instead of one with &&.
#define PRE_ASSERT(condition, why)                     \
  (static_cast<bool>(condition) ? static_cast<void>(0) \
                                : ::pre::assertion_failed(#condition, (why), __FILE__, __LINE__))

#define PRE_UNREACHABLE(why) ::pre::assertion_failed("unreachable", (why), __FILE__, __LINE__)
