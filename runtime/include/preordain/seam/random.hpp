// Randomness that product code may see: jitter, ids, picks. In a simulation it is a function of the
// seed, the node and the number of the draw.
#pragma once

#include <cstddef>
#include <cstdint>

namespace pre::seam {

class Random {
 public:
  // 64 uniform bits. Thread-safe.
  virtual std::uint64_t next() noexcept = 0;

  // Uniform in [0, n). n must not be 0. (Multiply-shift: Lemire 2019; the bias below 2^-32 is
  // accepted.)
  std::uint64_t below(std::uint64_t n) noexcept {
    return static_cast<std::uint64_t>((static_cast<unsigned __int128>(next()) * n) >> 64);
  }
  // True in `numerator` of `denominator` cases.
  bool chance(std::uint64_t numerator, std::uint64_t denominator) noexcept {
    return below(denominator) < numerator;
  }

 protected:
  ~Random() = default;
};

}  // namespace pre::seam
