// Two simulated nodes. The knobs that are left drawn may slow, reorder and cut into pieces, but
// break no promise of a seam.
#include <map>

#include <preordain/sim/world.hpp>

#include "world_under_test.hpp"

namespace pre::conformance {
namespace {

constexpr int calm_variants = 3;
// Virtual time: a world with 2 s delays and half-second disks never needs it.
constexpr Duration silence_max = 1min;
// A test that rings for ever must end too.
constexpr std::uint64_t steps_max = 20'000'000;

sim::Knobs knobs_of(int variant) {
  if (variant < calm_variants) return sim::Knobs::calm();
  sim::Knobs knobs = sim::Knobs::drawn(static_cast<std::uint64_t>(variant));
  // A reset out of the blue is allowed, but then no test could expect anything.
  knobs.reset_per_write = sim::impossible;
  // Longer than two of the slowest segments.
  knobs.connect_timeout = 30s;
  return knobs;
}

class SimWorldUnderTest final : public WorldUnderTest {
 public:
  explicit SimWorldUnderTest(int variant)
      : seed_(static_cast<std::uint64_t>(variant) + 1),
        calm_(variant < calm_variants),
        world_({.seed = seed_, .knobs = knobs_of(variant)}) {
    world_.observe([this](const sim::Record& record) {
      if (record.kind >= sim::Kind::product) ++traced_[std::string(record.what)];
    });
    first_ = add("n1", environment_);
    add("n2", peer_);
  }

  std::string name() const override {
    return "sim, seed " + std::to_string(seed_) + (calm_ ? ", calm" : ", drawn knobs");
  }
  seam::Environment& environment() override { return *environment_; }
  std::string host() const override { return "n1"; }
  seam::Environment& peer() override { return *peer_; }
  std::string peer_host() const override { return "n2"; }
  std::string known_name() const override { return "n2"; }

  bool run_until(Function<bool()> done) override {
    rung_ = true;
    Instant last_rung = world_.now();
    for (std::uint64_t step = 0; step < steps_max; ++step) {
      if (rung_) {
        rung_ = false;
        last_rung = world_.now();
        if (done()) return true;
      }
      if (world_.now() - last_rung > silence_max) return false;
      if (!world_.step()) return false;
    }
    return false;
  }
  void ring() noexcept override { rung_ = true; }

  void restart() override {
    world_.kill(first_, sim::Death::power_loss);
    world_.start(first_);
  }
  void request_stop() override { world_.request_stop(first_); }
  std::size_t traced(std::string_view what) const override {
    const auto found = traced_.find(what);
    return found == traced_.end() ? 0 : found->second;
  }

  bool is_calm() const override { return calm_; }
  std::size_t flood() const override { return 256 * 1024; }

 private:
  sim::NodeId add(std::string name, seam::Environment*& environment) {
    const sim::NodeId id = world_.add_node({.name = std::move(name),
                                            .settings = {{"PRE_CONFORMANCE", "yes"}},
                                            .boot = [&environment](seam::Environment& given) {
                                              environment = &given;
                                              return std::unique_ptr<sim::Guest>{};
                                            }});
    world_.start(id);
    return id;
  }

  const std::uint64_t seed_;
  const bool calm_;
  bool rung_ = false;
  std::map<std::string, std::size_t, std::less<>> traced_;
  sim::NodeId first_;
  seam::Environment* environment_ = nullptr;
  seam::Environment* peer_ = nullptr;
  sim::World world_;
};

}  // namespace

std::unique_ptr<WorldUnderTest> Simulated::make(int variant) {
  return std::make_unique<SimWorldUnderTest>(variant);
}

}  // namespace pre::conformance
