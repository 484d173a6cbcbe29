// What the shell is told (docs/reference/cli.md). Numbers are part of the interface.
#pragma once

#include <preordain/scenario/run.hpp>

namespace pre::cli {

enum class Exit : int {
  ok = 0,
  safety = 1,
  usage = 2,
  liveness = 3,
  nothing_ran = 4,
  not_deterministic = 5,
  crash = 7,
  internal = 70,
  interrupted = 130,
};

inline Exit exit_for(Verdict verdict) {
  switch (verdict) {
    case Verdict::ok:
      return Exit::ok;
    case Verdict::safety:
      return Exit::safety;
    case Verdict::liveness:
      return Exit::liveness;
    case Verdict::crash:
      return Exit::crash;
  }
  return Exit::internal;
}

// One line on standard error: what is wrong, and the way out.
void complain(std::string_view text);

}  // namespace pre::cli
