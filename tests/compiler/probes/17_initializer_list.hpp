// A braced list of strings as the argument of an awaited call.
#pragma once

#include "../probe.hpp"

namespace probe::initializer_list {

Task<int> sum(std::vector<std::string> v) {
  co_await Park{};
  int s = 0;
  for (auto& x : v) s += (int)x.size();
  co_return s;
}
Task<void> body() {
  int r = co_await sum({"a rather long string that does not fit the small buffer", "bb"});
  if (r != 57) ++bad;
}
inline int run_probe() {
  run(body());
  return report();
}

}  // namespace probe::initializer_list
