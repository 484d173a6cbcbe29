// astray: a program that breaks the rule of determinism on purpose, so that the doctor has
// something to find. It lets the address of an object decide how long to wait, which no seed
// controls.
#include <cstdint>

#include "catalogue.hpp"

namespace pre::catalogue {

namespace {

struct Step {
  using Reply = std::int64_t;
};

class Astray : public Actor<Step> {
 public:
  Task<std::int64_t> on(Step) {
    // Of an object and of code: an allocator may be regular, the system's layout is not.
    const auto address = reinterpret_cast<std::uintptr_t>(this) ^
                         reinterpret_cast<std::uintptr_t>(&catalogue::astray_planted);
    const auto wait = static_cast<std::int64_t>((address >> 12) % 65'536);
    co_await sleep(std::chrono::microseconds(wait));
    co_return wait;
  }
};

Task<> node(System& system) {
  system.spawn<Astray>("astray");
  Remoting::start(system);
  co_return;
}

Task<> walk(Stage& stage) {
  auto astray = stage.ref<Astray>("n1", "/user/astray");
  for (int i = 0; i < 3; ++i) {
    auto step = co_await astray.ask<Step>().result();
    (void)step;
  }
}

}  // namespace

Scenario astray_planted() {
  return {.name = "astray-planted",
          .about = "a planted breach of determinism: an address decides how long an actor waits",
          .nodes = 1,
          .program = node,
          .clients = 1,
          .workload = walk,
          .planted = true};
}

}  // namespace pre::catalogue
