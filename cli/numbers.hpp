// Numbers as people read and write them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <preordain/base/duration.hpp>
#include <preordain/base/result.hpp>

namespace pre::cli {

std::string grouped(std::uint64_t value);       // 48 213
std::string seconds(Duration duration);         // 41.208s
std::string short_duration(Duration duration);  // "9 d 4 h", "3 min 2 s", "0.2 s"
// "30s", "500ms", "2min", "1h".
Result<Duration> parse_duration(std::string_view text);

}  // namespace pre::cli
