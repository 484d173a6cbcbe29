// Death watch: an actor that lists Terminated among its messages and calls watch(ref) is told
// exactly once when that actor has stopped, also when it was gone already (WATCH rules,
// docs/reference/rules.md).
#pragma once

#include <preordain/runtime/pid.hpp>

namespace pre {

struct Terminated {
  Pid who;
};

}  // namespace pre
