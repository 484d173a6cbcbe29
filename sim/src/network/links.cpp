// Hosts get a row and a column of links when they are added.
#include "network/links.hpp"

#include <utility>

#include <preordain/base/assert.hpp>

namespace pre::sim {

namespace {
constexpr std::uint16_t first_ephemeral = 32'768;
constexpr std::uint16_t ephemeral_count = 28'000;
}  // namespace

void Links::clear() {
  hosts_.clear();
  names_.clear();
  links_.clear();
}

NodeId Links::add(std::string name) {
  const NodeId host{static_cast<std::uint32_t>(hosts_.size())};
  const bool fresh = names_.emplace(name, host).second;
  PRE_ASSERT(fresh, "node names are unique in a world");
  hosts_.push_back({std::move(name), false, 0});
  links_.emplace_back();
  const auto connect = [this](NodeId from, NodeId to) {
    links_[from.value].push_back(
        {Scope(from, to.value), this->name(from) + ">" + this->name(to), false, {}});
  };
  for (std::uint32_t other = 0; other < host.value; ++other) connect(NodeId{other}, host);
  for (std::uint32_t other = 0; other <= host.value; ++other) connect(host, NodeId{other});
  return host;
}

std::optional<NodeId> Links::find(std::string_view name) const {
  const auto found = names_.find(name);
  if (found == names_.end()) return std::nullopt;
  return found->second;
}

std::uint16_t Links::ephemeral_port(NodeId host) {
  std::uint16_t& given = hosts_[host.value].ports_given;
  const auto port = static_cast<std::uint16_t>(first_ephemeral + given);
  given = static_cast<std::uint16_t>((given + 1) % ephemeral_count);
  return port;
}

Duration Links::latency(NodeId from, NodeId to) {
  Scope& scope = link(from, to).scope;
  const Knobs& knobs = core_.knobs;
  Choice& choice = core_.choice;
  Duration result = choice.between(scope, Site::latency, knobs.latency_min, knobs.latency_max);
  if (choice.fires(scope, Site::slow, knobs.slow)) {
    result += choice.between(scope, Site::slow_by, 0ns, knobs.slow_max);
  }
  return result;
}

}  // namespace pre::sim
