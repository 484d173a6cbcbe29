// Random numbers that strangers cannot guess: SipHash (Aumasson and Bernstein, 2012) of a counter
// under a key from the kernel. So draws from many threads need no lock and never repeat a state.
#pragma once

#include <array>
#include <atomic>

#include <preordain/seam/random.hpp>

namespace pre::native {

class SystemRandom final : public seam::Random {
 public:
  SystemRandom();
  std::uint64_t next() noexcept override;

 private:
  const std::array<std::uint64_t, 2> key_;
  std::atomic<std::uint64_t> drawn_{0};
};

}  // namespace pre::native
