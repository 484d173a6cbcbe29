// Places in product code where the simulator may do harm: a branch that real faults seldom take.
#pragma once

#include <cstdint>
#include <string_view>

namespace pre::seam {

class Faults {
 public:
  // 0 means "go on as usual". In the real world always 0; in a simulation a keyed decision of the
  // seed, whose meaning is up to the caller (a delay, a choice, a yes).
  virtual std::uint32_t point(std::string_view id) noexcept = 0;

 protected:
  ~Faults() = default;
};

}  // namespace pre::seam
