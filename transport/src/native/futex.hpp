// Sleeping until a word changes, with a limit: std::atomic::wait has none, and a condition variable
// would tie the waker's lifetime to the waiter's.
#pragma once

#include <atomic>
#include <cstdint>

#include <preordain/base/duration.hpp>

namespace pre::native {

// "No limit".
inline constexpr Duration for_ever = Duration::max();

// Returns when woken, when `word` is not `expected`, after `limit`, or for no reason at all.
void futex_wait(const std::atomic<std::uint32_t>& word, std::uint32_t expected,
                Duration limit) noexcept;
void futex_wake_one(const std::atomic<std::uint32_t>& word) noexcept;
void futex_wake_all(const std::atomic<std::uint32_t>& word) noexcept;

}  // namespace pre::native
