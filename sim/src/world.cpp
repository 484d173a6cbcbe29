// The world's parts put together: it takes the next event, lets it happen, and lets the nodes run.
#include <preordain/sim/world.hpp>

#include <utility>
#include <vector>

#include <preordain/base/assert.hpp>

#include "node.hpp"

namespace pre::sim {

class World::Parts final : private Happening {
 public:
  explicit Parts(WorldOptions options) { begin(options); }

  void begin(const WorldOptions& options);
  void end();
  NodeId add(NodeSpec spec);
  Node& node(NodeId id) const {
    PRE_ASSERT(id.value < nodes_.size(), "a node of this world");
    return *nodes_[id.value];
  }
  void kill(NodeId id, Death death);
  void leave(NodeId id);
  void at(Instant time, Function<void()> action);
  bool step(Instant limit);

  Core core;
  Schedule schedule;
  Fabric fabric{core};

  std::size_t node_count() const noexcept { return nodes_.size(); }

 private:
  void happen(std::uint64_t action) override;
  void bury(std::unique_ptr<Body> body) {
    if (body != nullptr) graveyard_.push_back(std::move(body));
  }

  std::vector<std::unique_ptr<Node>> nodes_;  // a node's address is known to its lives
  std::vector<std::unique_ptr<Body>> graveyard_;
  std::vector<Function<void()>> actions_;  // planned by the harness; empty ones are free
  std::vector<std::uint32_t> free_actions_;
};

void World::Parts::begin(const WorldOptions& options) {
  core.now = Instant{};
  core.knobs = options.knobs;
  core.choice.reset(options.seed, options.decider);
  core.journal.reset(options.seed);
  core.poisoned_calls = 0;
  core.turns_per_instant_max = options.turns_per_instant_max;
  core.trouble.reset();
}

void World::Parts::end() {
  for (auto& node : nodes_) bury(node->end());
  // Now no destructor of a program can reach anything that is still to be taken down.
  for (auto& body : graveyard_) body->guest.reset();
  core.queue.clear();
  schedule.clear();
  fabric.clear();
  graveyard_.clear();
  nodes_.clear();
  actions_.clear();
  free_actions_.clear();
}

NodeId World::Parts::add(NodeSpec spec) {
  const NodeId id = fabric.links.add(spec.name);
  nodes_.push_back(std::make_unique<Node>(core, schedule, fabric, id, std::move(spec)));
  return id;
}

void World::Parts::kill(NodeId id, Death death) { bury(node(id).kill(death)); }

void World::Parts::leave(NodeId id) {
  node(id).leave();
  bury(node(id).end());
}

void World::Parts::at(Instant time, Function<void()> action) {
  std::uint32_t slot = 0;
  if (free_actions_.empty()) {
    slot = static_cast<std::uint32_t>(actions_.size());
    actions_.emplace_back();
  } else {
    slot = free_actions_.back();
    free_actions_.pop_back();
  }
  actions_[slot] = std::move(action);
  static_cast<void>(core.queue.plan(time < core.now ? core.now : time, *this, slot));
}

void World::Parts::happen(std::uint64_t slot) {
  Function<void()> action = std::move(actions_[slot]);
  free_actions_.push_back(static_cast<std::uint32_t>(slot));
  core.journal.write({0, core.now, no_node, {}, Kind::action, 0, 0, {}, {}});
  action();
}

bool World::Parts::step(Instant limit) {
  if (core.trouble) return false;
  if (schedule.run_one()) return true;
  const auto due = core.queue.pop(limit);
  if (!due) return false;
  PRE_ASSERT(due->time >= core.now, "time does not go back");
  core.now = due->time;
  due->target->happen(due->argument);
  return true;
}

World::World(WorldOptions options) : parts_(std::make_unique<Parts>(options)) {}
World::~World() { end(); }

void World::reset(WorldOptions options) {
  end();
  parts_->begin(options);
}
void World::end() { parts_->end(); }

NodeId World::add_node(NodeSpec spec) { return parts_->add(std::move(spec)); }
std::optional<NodeId> World::find(std::string_view name) const {
  return parts_->fabric.links.find(name);
}
std::size_t World::node_count() const { return parts_->node_count(); }
const std::string& World::name(NodeId node) const { return parts_->node(node).spec().name; }
NodeState World::state(NodeId node) const { return parts_->node(node).state(); }
Incarnation World::incarnation(NodeId node) const {
  const Body* body = parts_->node(node).body();
  return body == nullptr ? Incarnation{} : body->life.incarnation;
}
Guest* World::guest(NodeId node) const {
  const Body* body = parts_->node(node).body();
  return body == nullptr ? nullptr : body->guest.get();
}

void World::start(NodeId node) { parts_->node(node).start(); }
void World::kill(NodeId node, Death death) { parts_->kill(node, death); }
void World::pause(NodeId node) { parts_->node(node).pause(); }
void World::resume(NodeId node) { parts_->node(node).resume(); }
void World::request_stop(NodeId node) { parts_->node(node).request_stop(); }
void World::leave(NodeId node) { parts_->leave(node); }

void World::cut(NodeId from, NodeId to) { parts_->fabric.cut(from, to); }
void World::heal(NodeId from, NodeId to) { parts_->fabric.heal(from, to); }
void World::heal_all() {
  const auto count = static_cast<std::uint32_t>(node_count());
  for (std::uint32_t from = 0; from < count; ++from) {
    for (std::uint32_t to = 0; to < count; ++to) heal(NodeId{from}, NodeId{to});
  }
}
bool World::is_cut(NodeId from, NodeId to) const { return parts_->fabric.links.cut(from, to); }
void World::reset_streams(NodeId one, NodeId other_node) {
  parts_->fabric.streams.reset_between(one, other_node);
}
void World::sever_streams(NodeId one, NodeId other_node) {
  parts_->fabric.streams.sever_between(one, other_node);
}

Instant World::now() const { return parts_->core.now; }
void World::at(Instant time, Function<void()> action) { parts_->at(time, std::move(action)); }
bool World::step() { return parts_->step(never); }
void World::run_until(Instant time) {
  while (parts_->step(time)) {
  }
  Core& core = parts_->core;
  if (!core.trouble && core.now < time) core.now = time;
}
bool World::run_until_idle(Instant limit) {
  while (parts_->step(limit)) {
  }
  return !parts_->core.trouble && parts_->core.queue.empty();
}

std::uint64_t World::hash() const { return parts_->core.journal.hash(); }
std::uint64_t World::events() const { return parts_->core.journal.events(); }
const std::optional<Trouble>& World::trouble() const { return parts_->core.trouble; }
std::uint64_t World::poisoned_calls() const { return parts_->core.poisoned_calls; }
void World::observe(Function<void(const Record&)> observer) {
  parts_->core.journal.observe(std::move(observer));
}
void World::after_turn(Function<void(NodeId)> hook) {
  parts_->schedule.after_turn(std::move(hook));
}

}  // namespace pre::sim
