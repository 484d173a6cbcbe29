// The name a message type has on the wire: its qualified C++ name, the same text from GCC and
// clang, or what the type itself says in `static constexpr auto wire_name`. Templates with
// arguments that are values, and types local to a function, are spelled differently by the two
// compilers: give those a wire_name. Types of an unnamed namespace have a name, but not a unique
// one.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace pre::wire {

// Reads `M` out of what the compiler says this function is called.
template <class M>
constexpr std::string_view spelled_name() {
  // GCC:   constexpr std::string_view ...spelled_name() [with M = bank::Deposit; std::... ]
  // clang: std::string_view ...spelled_name() [M = bank::Deposit]
  std::string_view text = __PRETTY_FUNCTION__;
  text.remove_prefix(text.find("M = ") + 4);
  return text.substr(0, std::min(text.find(';'), text.rfind(']')));
}

// GCC writes "{anonymous}" and "> >" where clang writes "(anonymous namespace)" and ">>".
inline constexpr std::string_view gcc_unnamed = "{anonymous}";
inline constexpr std::string_view clang_unnamed = "(anonymous namespace)";

struct NameStep {
  std::size_t taken;
  std::string_view written;
};

constexpr NameStep name_step(std::string_view rest) {
  if (rest.starts_with(gcc_unnamed)) return {gcc_unnamed.size(), clang_unnamed};
  if (rest.starts_with("> >")) return {2, rest.substr(0, 1)};
  return {1, rest.substr(0, 1)};
}

constexpr std::size_t unified_size(std::string_view spelled) {
  std::size_t size = 0;
  while (!spelled.empty()) {
    const NameStep step = name_step(spelled);
    size += step.written.size();
    spelled.remove_prefix(step.taken);
  }
  return size;
}

template <class M>
struct UnifiedName {
  static constexpr std::string_view spelled = spelled_name<M>();
  static constexpr auto text = [] {
    std::array<char, unified_size(spelled)> out{};
    std::size_t at = 0;
    for (std::string_view rest = spelled; !rest.empty();) {
      const NameStep step = name_step(rest);
      for (char c : step.written) out[at++] = c;
      rest.remove_prefix(step.taken);
    }
    return out;
  }();
};

template <class M>
constexpr std::string_view type_name() {
  if constexpr (requires { std::string_view(M::wire_name); }) {
    return std::string_view(M::wire_name);
  } else {
    return {UnifiedName<M>::text.data(), UnifiedName<M>::text.size()};
  }
}

}  // namespace pre::wire
