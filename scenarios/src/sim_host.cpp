// A scenario in the simulator: nodes as guests of one world, faults as actions at virtual times,
// invariants between two turns.
#include <algorithm>

#include <preordain/sim/world.hpp>

#include "stage_host.hpp"

namespace pre::sim {

namespace {

constexpr std::string_view port = "7100";

// One life of a node under test.
struct NodeGuest final : Guest {
  NodeGuest(seam::Environment& environment, StageHost& host, const std::string& name)
      : system(environment) {
    host.run_program(system, name);
  }
  System system;
};

// The clients' node: never killed.
struct ClientGuest final : Guest {
  ClientGuest(seam::Environment& environment, StageHost& host)
      : system(environment), remoting(Remoting::start(system)) {
    host.run_clients(system, remoting);
  }
  System system;
  Remoting& remoting;
};

std::string peers_setting(const std::vector<std::string>& nodes) {
  std::string peers;
  for (const std::string& node : nodes) {
    peers += (peers.empty() ? "" : ",") + node + "=" + node + ":" + std::string(port);
  }
  return peers;
}

}  // namespace

class Rehearsal::Parts {
 public:
  explicit Parts(const Scenario& scenario)
      : scenario_(scenario), names_(node_names(scenario.nodes)) {}

  Report run(Options options);

 private:
  void populate(StageHost& host);
  void plan(const std::vector<FaultStep>& steps);
  void apply(const Fault& fault);
  void mend();
  void watch(StageHost& host);
  void check_invariants(StageHost& host, NodeId node);
  void play(StageHost& host);
  template <class F>
  void each(const std::vector<std::string>& names, F&& f) {
    for (const std::string& name : names) {
      if (const auto node = world_.find(name)) f(*node);
    }
  }

  const Scenario scenario_;
  const std::vector<std::string> names_;
  World world_;
  View view_{{}};
  std::vector<NodeId> nodes_;
  NodeId clients_{};
  Instant until_{};  // the last fault, and the mending
};

Report Rehearsal::Parts::run(Options options) {
  world_.reset({.seed = options.seed, .knobs = Knobs::drawn(options.seed)});
  Report report{.scenario = scenario_.name, .seed = options.seed};
  report.plan = plan_faults(report.seed, scenario_.faults, scenario_.chaos, names_, clients_node);
  until_ = Instant(scenario_.chaos.until);
  for (const FaultStep& step : report.plan) until_ = std::max(until_, Instant(step.at));
  StageHost host(scenario_, names_, until_);
  if (options.observer) world_.observe(std::move(options.observer));
  populate(host);
  plan(report.plan);
  watch(host);
  play(host);
  report.hash = world_.hash();
  report.event = report.events = world_.events();
  report.simulated = world_.now().time_since_epoch();
  host.judge(report);
  world_.end();
  return report;
}

void Rehearsal::Parts::populate(StageHost& host) {
  const std::string peers = peers_setting(names_);
  nodes_.clear();
  view_.nodes().clear();
  for (const std::string& name : names_) {
    NodeSpec spec{name,
                  {{"PRE_LISTEN", name + ":" + std::string(port)},
                   {"PRE_CLUSTER", scenario_.name},
                   {"PRE_PEERS", peers}},
                  [&host, &name](seam::Environment& environment) -> std::unique_ptr<Guest> {
                    return std::make_unique<NodeGuest>(environment, host, name);
                  }};
    nodes_.push_back(world_.add_node(std::move(spec)));
    view_.nodes().push_back({name, nullptr});
  }
  clients_ = world_.add_node({clients_node,
                              {{"PRE_CLUSTER", scenario_.name}, {"PRE_PEERS", peers}},
                              [&host](seam::Environment& environment) -> std::unique_ptr<Guest> {
                                return std::make_unique<ClientGuest>(environment, host);
                              }});
  for (const NodeId node : nodes_) world_.start(node);
  world_.start(clients_);
}

void Rehearsal::Parts::plan(const std::vector<FaultStep>& steps) {
  for (const FaultStep& step : steps) {
    world_.at(Instant(step.at), [this, fault = step.fault] { apply(fault); });
  }
  if (!steps.empty()) world_.at(until_, [this] { mend(); });
}

void Rehearsal::Parts::apply(const Fault& fault) {
  switch (fault.kind) {
    case Fault::Kind::cut:
    case Fault::Kind::cut_one_way:
      return each(fault.left, [&](NodeId from) {
        each(fault.right, [&](NodeId to) {
          world_.cut(from, to);
          if (fault.kind == Fault::Kind::cut) world_.cut(to, from);
        });
      });
    case Fault::Kind::heal:
      return world_.heal_all();
    case Fault::Kind::crash:
      return each(fault.left, [&](NodeId node) { world_.kill(node, Death::crash); });
    case Fault::Kind::power_loss:
      return each(fault.left, [&](NodeId node) { world_.kill(node, Death::power_loss); });
    case Fault::Kind::restart:
      return each(fault.left, [&](NodeId node) {
        if (world_.state(node) == NodeState::down) world_.start(node);
      });
    case Fault::Kind::pause:
      return each(fault.left, [&](NodeId node) { world_.pause(node); });
    case Fault::Kind::resume:
      return each(fault.left, [&](NodeId node) { world_.resume(node); });
  }
}

// The end of chaos: whole network, all nodes up. What then does not come right never will.
void Rehearsal::Parts::mend() {
  world_.heal_all();
  for (const NodeId node : nodes_) {
    world_.resume(node);
    if (world_.state(node) == NodeState::down) world_.start(node);
  }
}

void Rehearsal::Parts::watch(StageHost& host) {
  if (scenario_.invariants.empty()) return;
  world_.after_turn([this, &host](NodeId node) {
    if (node != clients_) check_invariants(host, node);
  });
}

void Rehearsal::Parts::check_invariants(StageHost& host, NodeId node) {
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    Guest* guest = world_.guest(nodes_[i]);
    view_.nodes()[i].system = guest == nullptr ? nullptr : &static_cast<NodeGuest*>(guest)->system;
  }
  for (const Invariant& invariant : scenario_.invariants) {
    if (invariant.holds(view_)) continue;
    host.breach({Verdict::safety, invariant.name, "the invariant does not hold after this step",
                 world_.name(node), world_.now()});
  }
}

void Rehearsal::Parts::play(StageHost& host) {
  const Instant limit(scenario_.limit);
  bool finale = false;
  while (!host.broken() && !host.finished() && world_.step()) {
    if (world_.now() > limit) {
      return host.breach({Verdict::liveness, "the workload ends",
                          finale ? "the finale did not end" : "some clients did not end",
                          clients_node, world_.now()});
    }
    if (finale || !host.clients_done() || world_.now() < until_) continue;
    finale = true;
    auto& guest = static_cast<ClientGuest&>(*world_.guest(clients_));
    host.run_finale(guest.system, guest.remoting);
  }
  if (host.broken() || host.finished()) return;
  const auto& trouble = world_.trouble();
  host.breach({trouble ? Verdict::crash : Verdict::liveness,
               trouble ? "time goes on" : "the workload ends",
               trouble ? trouble->text : "nothing is left to happen, and the clients still wait",
               trouble ? world_.name(trouble->node) : clients_node, world_.now()});
}

Rehearsal::Rehearsal(const Scenario& scenario) : parts_(std::make_unique<Parts>(scenario)) {}
Rehearsal::~Rehearsal() = default;
Report Rehearsal::run(Options options) { return parts_->run(std::move(options)); }

Report run(const Scenario& scenario, Options options) {
  return Rehearsal(scenario).run(std::move(options));
}

}  // namespace pre::sim
