// Verdicts, and the handle by which a run is replayed.
#include <charconv>

#include <preordain/scenario/run.hpp>

namespace pre {

namespace {
constexpr std::string_view scheme = "pre1:";

std::string hex(std::uint64_t value) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out(16, '0');
  for (int i = 15; i >= 0; --i, value >>= 4) out[static_cast<std::size_t>(i)] = digits[value & 15];
  return out;
}

bool number(std::string_view text, int base, std::uint64_t& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out, base);
  return error == std::errc{} && end == text.data() + text.size() && !text.empty();
}
}  // namespace

std::string_view name_of(Verdict verdict) noexcept {
  switch (verdict) {
    case Verdict::ok:
      return "ok";
    case Verdict::safety:
      return "safety";
    case Verdict::liveness:
      return "liveness";
    case Verdict::crash:
      return "crash";
  }
  return "unknown";
}

std::string Report::handle() const {
  return std::string(scheme) + scenario + ":" + std::to_string(seed) + ":" + hex(hash);
}

Result<Handle> parse_handle(std::string_view text) {
  const auto bad = [&](const char* why) {
    return Error(Errc::invalid_argument, "'" + std::string(text) + "' is not a replay handle: " +
                                             why + "; expected pre1:scenario:seed:hash");
  };
  if (!text.starts_with(scheme)) return bad("it does not start with pre1:");
  const std::string_view rest = text.substr(scheme.size());
  const auto last = rest.rfind(':');
  if (last == std::string_view::npos) return bad("the seed is missing");
  const auto middle = rest.substr(0, last).rfind(':');
  if (middle == std::string_view::npos) return bad("the hash is missing");
  Handle handle{std::string(rest.substr(0, middle)), 0, 0};
  if (handle.scenario.empty()) return bad("the scenario is missing");
  if (!number(rest.substr(middle + 1, last - middle - 1), 10, handle.seed)) {
    return bad("the seed is not a number");
  }
  if (rest.size() - last - 1 != 16 || !number(rest.substr(last + 1), 16, handle.hash)) {
    return bad("the hash is not 16 hexadecimal digits");
  }
  return handle;
}

}  // namespace pre
