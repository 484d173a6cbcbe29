#include <preordain/runtime/pid.hpp>

namespace pre {

std::string Pid::text() const {
  std::string out = "pre://" + node + path;
  if (uid) out += "#" + std::to_string(uid.value);
  return out;
}

Result<Pid> parse_pid(std::string_view text) {
  const auto bad = [&](const char* why) {
    return Error(Errc::invalid_argument, "'" + std::string(text) + "' is not an actor's address: " +
                                             why + "; expected pre://node/user/name#uid");
  };
  constexpr std::string_view scheme = "pre://";
  if (!text.starts_with(scheme)) return bad("it does not start with pre://");
  std::string_view rest = text.substr(scheme.size());
  const auto slash = rest.find('/');
  if (slash == std::string_view::npos) return bad("it has no path");
  Pid pid{std::string(rest.substr(0, slash)), {}, {}};
  rest = rest.substr(slash);
  if (const auto mark = rest.find('#'); mark != std::string_view::npos) {
    const std::string_view digits = rest.substr(mark + 1);
    if (digits.empty() || digits.size() > 19) return bad("the uid is not a number");
    for (char c : digits) {
      if (c < '0' || c > '9') return bad("the uid is not a number");
      pid.uid.value = pid.uid.value * 10 + static_cast<std::uint64_t>(c - '0');
    }
    rest = rest.substr(0, mark);
  }
  pid.path = std::string(rest);
  return pid;
}

std::string_view name_problem(std::string_view name) noexcept {
  if (name.empty()) return "it is empty";
  if (name.size() > 255) return "it is longer than 255 bytes";
  if (name.front() == '$') return "names that start with '$' are made by the runtime";
  for (char c : name) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!letter && std::string_view("-_.~@:=+%$").find(c) == std::string_view::npos) {
      return "only letters, digits and -_.~@:=+% may stand in it (percent-encode the rest)";
    }
  }
  return {};
}

}  // namespace pre
