// A stranger's program: built against the installed package, and inside a foreign tree. It
// rehearses an actor in the simulator, and with --serve it would be a node of a real cluster.
#include <cstdio>
#include <cstring>
#include <preordain/node/run.hpp>
#include <preordain/remoting/remoting.hpp>
#include <preordain/scenario/run.hpp>
#include <preordain/testkit/testkit.hpp>

namespace {

using namespace pre;

struct Half {
  std::int64_t of;
  using Reply = std::int64_t;
};
class Halver : public Actor<Half> {
 public:
  Result<std::int64_t> on(Half h) {
    if (h.of % 2 != 0) return refuse(std::to_string(h.of) + " is odd");
    return h.of / 2;
  }
};

Task<> node(System& system) {
  system.spawn<Halver>("halver");
  Remoting::start(system);
  co_return;
}

Task<> work(Stage& stage) {
  auto halver = stage.ref<Halver>("n1", "/user/halver");
  auto answer = co_await halver.ask<Half>(42).result();
  stage.expect(answer && *answer == 21, "halves are right", "half of 42 is not 21");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1 && std::strcmp(argv[1], "--serve") == 0) {
    return native::run(node, {.name = "n1", .listen = "127.0.0.1:7100", .data = "/tmp/consumer"});
  }
  TestKit kit;
  auto halver = kit.spawn<Halver>();
  const Scenario scenario{.name = "halves", .nodes = 1, .program = node, .workload = work};
  const bool right = kit.ask<Half>(halver, 42).value() == 21 &&
                     kit.ask<Half>(halver, 7).error().text() == "refused: 7 is odd" &&
                     sim::run(scenario, {.seed = 7, .observer = {}}).ok;
  std::puts(right ? "the package works" : "the package is broken");
  return right ? 0 : 1;
}
