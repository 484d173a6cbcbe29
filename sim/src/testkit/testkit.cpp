#include <preordain/testkit/testkit.hpp>

namespace pre {

namespace {
struct KitGuest final : sim::Guest {
  explicit KitGuest(seam::Environment& environment) : system(environment) {}
  System system;
};
}  // namespace

TestKit::TestKit(std::uint64_t seed, sim::Knobs knobs)
    : world_(sim::WorldOptions{.seed = seed, .knobs = knobs}) {
  const sim::NodeId node = world_.add_node(
      {"kit", {}, [](seam::Environment& environment) -> std::unique_ptr<sim::Guest> {
         return std::make_unique<KitGuest>(environment);
       }});
  world_.start(node);
  system_ = &static_cast<KitGuest*>(world_.guest(node))->system;
}

TestKit::~TestKit() { world_.end(); }

}  // namespace pre
