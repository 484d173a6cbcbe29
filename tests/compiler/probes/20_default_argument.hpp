// A defaulted aggregate argument, and one given in braces.
#pragma once

#include "../probe.hpp"

namespace probe::default_argument {

struct Opt {
  std::optional<Tracked> t{};
  std::string s{};
};
Task<int> f(Tracked a, Opt o = {}) {
  co_await Park{};
  a.check();
  if (o.t) o.t->check();
  co_return a.v;
}
Task<void> body() {
  if (co_await f(Tracked{3}) != 3) ++bad;
  if (co_await f(Tracked{3},
                 {Tracked{4}, "a rather long string that does not fit the small buffer"}) != 3)
    ++bad;
  if (co_await f(Tracked{3}, Opt{.t = Tracked{4}}) != 3) ++bad;
}
inline int run_probe() {
  run(body());
  return report();
}

}  // namespace probe::default_argument
