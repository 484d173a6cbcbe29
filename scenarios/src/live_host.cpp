// A scenario on real sockets: this process conducts, each node is a child process.
#include <preordain/native/files.hpp>
#include <preordain/native/host.hpp>
#include <preordain/native/latch.hpp>
#include <preordain/native/machine.hpp>
#include <preordain/native/process.hpp>

#include <algorithm>
#include <map>

#include "stage_host.hpp"

namespace pre::live {

namespace {

using native::Child;
constexpr Duration glance = 20ms;  // how often the conductor looks at clients and children

class Conductor {
 public:
  Conductor(const Scenario& scenario, Options& options)
      : scenario_(scenario),
        options_(options),
        names_(node_names(scenario.nodes)),
        stage_(scenario, names_, Instant(options.duration)) {}

  Result<Report> run();

 private:
  Result<void> choose_addresses();
  std::vector<FaultStep> plan();
  Result<void> start(const std::string& name);
  Result<void> apply(const Fault& fault);
  Result<void> mend();
  Result<void> play(native::Host& host, System& system, Remoting& remoting, Report& report);
  void look_at_children(Instant now);
  void stop_children(Report& report);
  void say(const std::string& text) {
    if (options_.say) options_.say(text);
  }

  const Scenario& scenario_;
  Options& options_;
  const std::vector<std::string> names_;
  StageHost stage_;
  std::map<std::string, std::string> addresses_;
  std::string peers_;
  std::map<std::string, Child> children_;
};

Result<void> Conductor::choose_addresses() {
  for (const std::string& name : names_) {
    Result<std::uint16_t> port = native::free_port();
    if (!port) return port.error();
    addresses_[name] = "127.0.0.1:" + std::to_string(*port);
    peers_ += (peers_.empty() ? "" : ",") + name + "=" + addresses_[name];
  }
  return {};
}

// Only what a machine can do to processes; and one death at least, or nothing would be shown.
std::vector<FaultStep> Conductor::plan() {
  Chaos chaos = scenario_.chaos;
  chaos.until = options_.duration;
  std::vector<FaultStep> steps =
      plan_faults(options_.seed, scenario_.faults, chaos, names_, clients_node);
  std::erase_if(steps, [this](const FaultStep& step) {
    using Kind = Fault::Kind;
    const bool beyond_us = step.fault.kind == Kind::cut || step.fault.kind == Kind::cut_one_way ||
                           step.fault.kind == Kind::heal || step.fault.kind == Kind::power_loss;
    if (beyond_us && step.fault.kind != Kind::heal) say("left out: " + step.fault.text());
    return beyond_us;
  });
  const bool deadly = std::any_of(steps.begin(), steps.end(), [](const FaultStep& step) {
    return step.fault.kind == Fault::Kind::crash;
  });
  if (!deadly) {
    const std::string& victim = names_[options_.seed % names_.size()];
    steps.push_back({options_.duration / 3, crash(victim)});
    steps.push_back({options_.duration / 3 + Duration(1s), restart(victim)});
  }
  return in_order_of_time(std::move(steps));
}

Result<void> Conductor::start(const std::string& name) {
  native::ChildOptions child{.arguments = options_.command,
                             .environment = {},
                             .output_path = options_.directory + "/" + name + ".log"};
  for (const std::string& word :
       {std::string("--name"), name, std::string("--listen"), addresses_[name],
        std::string("--peers"), peers_, std::string("--data"), options_.directory + "/" + name}) {
    child.arguments.push_back(word);
  }
  Result<Child> started = Child::start(child);
  if (!started) return started.error();
  say(name + " is process " + std::to_string(started->pid()) + " at " + addresses_[name]);
  children_.insert_or_assign(name, *std::move(started));
  return {};
}

Result<void> Conductor::apply(const Fault& fault) {
  for (const std::string& name : fault.left) {
    const auto child = children_.find(name);
    if (fault.kind == Fault::Kind::restart && child == children_.end()) {
      if (Result<void> started = start(name); !started) return started;
    }
    if (child == children_.end()) continue;
    if (fault.kind == Fault::Kind::crash) {
      say("SIGKILL " + name);
      child->second.kill();
      children_.erase(child);  // reaps
    } else if (fault.kind == Fault::Kind::pause) {
      say("SIGSTOP " + name);
      child->second.pause();
    } else if (fault.kind == Fault::Kind::resume) {
      say("SIGCONT " + name);
      child->second.resume();
    }
  }
  return {};
}

Result<void> Conductor::mend() {
  for (const std::string& name : names_) {
    if (const auto child = children_.find(name); child != children_.end()) {
      child->second.resume();
    } else if (Result<void> started = start(name); !started) {
      return started;
    }
  }
  return {};
}

void Conductor::look_at_children(Instant now) {
  for (auto& [name, child] : children_) {
    const Result<int> ended = child.wait(Duration{0});
    if (!ended) continue;
    stage_.breach({Verdict::crash, "every node runs until it is stopped",
                   name + " ended by itself with code " + std::to_string(*ended) + "; see " +
                       options_.directory + "/" + name + ".log",
                   name, now});
  }
}

Result<void> Conductor::play(native::Host& host, System& system, Remoting& remoting,
                             Report& report) {
  report.plan = plan();
  stage_.run_clients(system, remoting);
  std::size_t next = 0;
  bool finale = false;
  const Instant limit = Instant(options_.duration) + Duration(60s);
  while (!stage_.broken() && !stage_.finished()) {
    if (host.wait_for_stop(glance)) return Error(Errc::cancelled, "interrupted");
    const Instant now = system.now();
    for (; next < report.plan.size() && Instant(report.plan[next].at) <= now; ++next) {
      if (Result<void> done = apply(report.plan[next].fault); !done) return done;
    }
    look_at_children(now);
    if (now > limit) {
      stage_.breach({Verdict::liveness, "the workload ends",
                     "it did not end within 60 s after the last fault", clients_node, now});
    }
    if (finale || !stage_.clients_done() || now < stage_.until) continue;
    if (Result<void> mended = mend(); !mended) return mended;
    finale = true;
    stage_.run_finale(system, remoting);
  }
  report.simulated = system.now().time_since_epoch();
  return {};
}

void Conductor::stop_children(Report& report) {
  for (auto& [name, child] : children_) child.terminate();
  for (auto& [name, child] : children_) {
    const Result<int> code = child.wait(15s);
    if (code && *code == 0) continue;
    stage_.breach({Verdict::liveness, "a node stops when it is asked to",
                   name + (code ? " ended with code " + std::to_string(*code) : " did not end"),
                   name, Instant(report.simulated)});
  }
  children_.clear();
}

Result<Report> Conductor::run() {
  Report report{.scenario = scenario_.name, .seed = options_.seed};
  if (Result<void> chosen = choose_addresses(); !chosen) return chosen.error();
  for (const std::string& name : names_) {
    if (Result<void> started = start(name); !started) return started.error();
  }
  native::Host host({.node_name = clients_node,
                     .data_directory = options_.directory + "/clients",
                     .settings = {{"PRE_CLUSTER", scenario_.name}, {"PRE_PEERS", peers_}}});
  System system(host.environment());
  Remoting& remoting = Remoting::start(system);
  const Result<void> played = play(host, system, remoting, report);
  stop_children(report);
  host.quiesce();
  if (!played) return played.error();
  stage_.judge(report);
  return report;
}

}  // namespace

Result<Report> run(const Scenario& scenario, Options options) {
  return Conductor(scenario, options).run();
}

}  // namespace pre::live
