#include "native/futex.hpp"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <climits>
#include <ctime>

namespace pre::native {
namespace {

static_assert(sizeof(std::atomic<std::uint32_t>) == sizeof(std::uint32_t));

void wake(const std::atomic<std::uint32_t>& word, int count) noexcept {
  // The word may be gone already (see Latch::set); the kernel only uses its address as a name.
  ::syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, count, nullptr, nullptr, 0);
}

}  // namespace

void futex_wait(const std::atomic<std::uint32_t>& word, std::uint32_t expected,
                Duration limit) noexcept {
  timespec relative{};
  relative.tv_sec = static_cast<time_t>(limit.count() / 1'000'000'000);
  relative.tv_nsec = static_cast<long>(limit.count() % 1'000'000'000);
  ::syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, expected, limit == for_ever ? nullptr : &relative,
            nullptr, 0);
}

void futex_wake_one(const std::atomic<std::uint32_t>& word) noexcept { wake(word, 1); }

void futex_wake_all(const std::atomic<std::uint32_t>& word) noexcept { wake(word, INT_MAX); }

}  // namespace pre::native
