// Who an actor is: the node's address, the path, and which life of it. Text form:
// "pre://n1/user/bank/ada#7" (the part after '#' is the uid; without it any life is meant).
#pragma once

#include <string>
#include <string_view>

#include <preordain/base/ids.hpp>
#include <preordain/base/result.hpp>

namespace pre {

struct Pid {
  std::string node;  // the node's name; empty: this node
  std::string path;  // "/user/bank/ada"
  ActorUid uid{};    // 0: whichever actor lives there

  std::string text() const;
  friend bool operator==(const Pid&, const Pid&) = default;
};

// The inverse of Pid::text().
Result<Pid> parse_pid(std::string_view text);

// Why a name cannot be a path segment, or empty if it can: 1..255 bytes of letters, digits and
// "-_.~@:=+%$" (percent-encode the rest), and not starting with '$', which is for names we make.
std::string_view name_problem(std::string_view name) noexcept;

}  // namespace pre
