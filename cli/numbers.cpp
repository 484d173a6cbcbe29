#include "numbers.hpp"

#include <charconv>
#include <cstdio>

namespace pre::cli {

std::string grouped(std::uint64_t value) {
  const std::string digits = std::to_string(value);
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += ' ';
    out += digits[i];
  }
  return out;
}

std::string seconds(Duration duration) {
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
  char text[40];
  std::snprintf(text, sizeof text, "%lld.%03llds", static_cast<long long>(ms / 1000),
                static_cast<long long>(ms % 1000));
  return text;
}

std::string short_duration(Duration duration) {
  const auto s = std::chrono::duration_cast<std::chrono::seconds>(duration).count();
  if (s >= 86'400)
    return std::to_string(s / 86'400) + " d " + std::to_string(s % 86'400 / 3600) + " h";
  if (s >= 3600) return std::to_string(s / 3600) + " h " + std::to_string(s % 3600 / 60) + " min";
  if (s >= 60) return std::to_string(s / 60) + " min " + std::to_string(s % 60) + " s";
  char text[40];
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
  std::snprintf(text, sizeof text, "%.1f s", static_cast<double>(ms) / 1000.0);
  return text;
}

Result<Duration> parse_duration(std::string_view text) {
  std::uint64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
  const bool sane = error == std::errc{} && count > 0 && count <= 1'000'000;
  const auto n = static_cast<std::int64_t>(count);
  if (sane && unit == "ms") return Duration(std::chrono::milliseconds(n));
  if (sane && unit == "s") return Duration(std::chrono::seconds(n));
  if (sane && unit == "min") return Duration(std::chrono::minutes(n));
  if (sane && unit == "h") return Duration(std::chrono::hours(n));
  return Error(Errc::invalid_argument,
               "'" + std::string(text) + "' is not a duration; write 500ms, 30s, 2min or 1h");
}

}  // namespace pre::cli
