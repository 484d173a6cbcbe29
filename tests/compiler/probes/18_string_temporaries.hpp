// Temporary strings with constructors, joined inside the expression.
#pragma once

#include "../probe.hpp"

namespace probe::string_temporaries {

Task<int> len(std::string s) {
  co_await Park{};
  co_return (int) s.size();
}
Task<void> body(std::string a) {
  int r = co_await len("prefix that is quite long indeed: " + a + std::to_string(12));
  if (r != 34 + 5 + 2) {
    std::printf("%d\n", r);
    ++bad;
  }
  r = co_await len(std::string("x") + "y") + co_await len(a);
  if (r != 7) ++bad;
}
inline int run_probe() {
  run(body("hello"));
  return report();
}

}  // namespace probe::string_temporaries
