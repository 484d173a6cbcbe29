// By-value parameter packs, direct and forwarded.
#pragma once

#include "../probe.hpp"

namespace probe::parameter_pack {

template <class... A>
Task<int> f(A... a) {
  co_await Park{};
  (a.check(), ...);
  co_return (a.v + ...);
}
template <class... A>
Task<int> g(A&&... a) {
  return f(std::forward<A>(a)...);
}
Task<void> body() {
  if (co_await f(Tracked{1}, Tracked{2}) != 3) ++bad;
  if (co_await g(Tracked{1}, Tracked{2}, Tracked{4}) != 7) ++bad;
}
inline int run_probe() {
  run(body());
  return report();
}

}  // namespace probe::parameter_pack
