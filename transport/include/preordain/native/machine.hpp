// What the command line and the benchmarks may know about the machine they run on. Product code
// takes these from its Environment instead.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <preordain/base/result.hpp>

namespace pre::native {

// Cores this process may use; at least 1.
unsigned cores() noexcept;
std::optional<std::string> environment_variable(const std::string& name);
// The path of the running program.
std::string self_executable();
std::int64_t process_id() noexcept;
// Memory of this process that is in RAM; 0 if the system does not say.
std::uint64_t resident_bytes();
// 64 bits from the system's random source: to pick a seed, which then decides everything else.
std::uint64_t entropy();
// A TCP and UDP port that nobody on the loopback address uses now. Somebody may take it before you.
Result<std::uint16_t> free_port();

}  // namespace pre::native
