#include "stage_host.hpp"

namespace pre {

namespace {

Task<> guarded_client(StageHost& host, System& system, Remoting& remoting, unsigned client) {
  Stage stage(host, system, remoting, client);
  try {
    co_await host.scenario.workload(stage);
  } catch (...) {
    host.breach({Verdict::crash, "the workload runs to its end",
                 "client " + std::to_string(client) + ": " + describe(std::current_exception()),
                 clients_node, system.now()});
  }
  host.client_done();
}

Task<> guarded_finale(StageHost& host, System& system, Remoting& remoting) {
  Stage stage(host, system, remoting, host.scenario.clients);
  try {
    co_await host.scenario.finale(stage);
  } catch (...) {
    host.breach({Verdict::crash, "the finale runs to its end", describe(std::current_exception()),
                 clients_node, system.now()});
  }
  host.finale_done();
}

Task<> guarded_program(StageHost& host, System& system, std::string node) {
  try {
    co_await host.scenario.program(system);
  } catch (...) {
    host.breach({Verdict::crash, "the program runs on every node",
                 describe(std::current_exception()), node, system.now()});
  }
}

}  // namespace

const std::vector<std::string>& Stage::nodes() const { return host_.nodes; }

bool Stage::goes_on() const { return system_.now() < host_.until; }

void Stage::expect(bool holds, std::string_view property, std::string_view explanation) {
  if (holds) return;
  host_.breach({Verdict::safety, std::string(property), std::string(explanation), clients_node,
                system_.now()});
}

void Stage::record(Operation operation) { host_.record(std::move(operation)); }

void StageHost::record(Operation operation) {
  SpinGuard guard(lock_);
  history_.operations.push_back(std::move(operation));
}

void StageHost::breach(Breach breach) {
  SpinGuard guard(lock_);
  if (breach_) return;  // the first one counts; the others follow from it
  breach_ = std::move(breach);
  broken_.store(true, std::memory_order_release);
}

void StageHost::run_clients(System& system, Remoting& remoting) {
  if (scenario.workload == nullptr) {
    for (unsigned client = 0; client < scenario.clients; ++client) client_done();
    return;
  }
  for (unsigned client = 0; client < scenario.clients; ++client) {
    system.run("client-" + std::to_string(client), [this, &system, &remoting, client] {
      return guarded_client(*this, system, remoting, client);
    });
  }
}

void StageHost::run_finale(System& system, Remoting& remoting) {
  if (scenario.finale == nullptr) return finale_done();
  system.run("finale",
             [this, &system, &remoting] { return guarded_finale(*this, system, remoting); });
}

void StageHost::run_program(System& system, std::string node) {
  if (scenario.program == nullptr) return;
  system.run("program", [this, &system, node] { return guarded_program(*this, system, node); });
}

void StageHost::judge(Report& report) {
  SpinGuard guard(lock_);
  report.operations = history_.operations.size();
  if (!breach_) {
    for (const Check& check : scenario.checks) {
      std::string wrong = check.judge(history_);
      if (wrong.empty()) continue;
      breach_ = Breach{Verdict::safety, check.name, std::move(wrong), clients_node,
                       Instant(report.simulated)};
      break;
    }
  }
  if (!breach_) return;
  report.ok = false;
  report.verdict = breach_->verdict;
  report.property = breach_->property;
  report.text = breach_->text;
  report.node = breach_->node;
  report.when = breach_->when;
}

std::vector<std::string> node_names(unsigned count) {
  std::vector<std::string> names;
  for (unsigned i = 1; i <= count; ++i) names.push_back("n" + std::to_string(i));
  return names;
}

}  // namespace pre
