// Starting remoting on a system, and what its parts share.
#include <preordain/remoting/remoting.hpp>

#include <algorithm>

#include <preordain/seam/process.hpp>

#include "association_actor.hpp"
#include "endpoint.hpp"
#include "listener_actor.hpp"

namespace pre {

using namespace remoting;

namespace {

std::string setting_or(System& system, std::string given, std::string_view key,
                       std::string_view otherwise) {
  if (!given.empty()) return given;
  return system.environment().process.setting(key).value_or(std::string(otherwise));
}

// "n1=10.0.0.1:7100,n2=10.0.0.2:7100"
std::map<std::string, std::string> parse_peers(std::string_view text) {
  std::map<std::string, std::string> peers;
  while (!text.empty()) {
    const auto comma = text.find(',');
    const std::string_view entry = text.substr(0, comma);
    text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
    const auto equals = entry.find('=');
    if (equals == std::string_view::npos || equals == 0) {
      throw Failure(Error(Errc::invalid_argument,
                          "peer '" + std::string(entry) + "' is not name=host:port (PRE_PEERS)"));
    }
    peers.emplace(entry.substr(0, equals), entry.substr(equals + 1));
  }
  return peers;
}

// What a hello can carry: checked here, so that no peer ever has to refuse it.
std::string checked_name(std::string name, std::string_view what, std::size_t bytes_max) {
  const bool plain =
      std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < 127; });
  if (!name.empty() && name.size() <= bytes_max && plain) return name;
  throw Failure(Error(Errc::invalid_argument, "the " + std::string(what) + " '" + name +
                                                  "' must be 1 to " + std::to_string(bytes_max) +
                                                  " printable ASCII characters without spaces"));
}

void listen(const std::shared_ptr<Listening>& listening, System& system, const std::string& at) {
  auto listener = system.environment().network.listen(endpoint_of(at), listening->ready);
  if (!listener) {
    const bool taken = listener.error() == seam::NetError::in_use;
    throw Failure(
        Error(taken ? Errc::already_exists : Errc::invalid_argument,
              "cannot listen on " + at + ": " + seam::name_of(listener.error()) +
                  (taken ? "; choose another port, or stop the process that has it" : "")));
  }
  listening->listener = *std::move(listener);
}

}  // namespace

Remoting& Remoting::start(System& system, RemotingOptions options) {
  const seam::Process& process = system.environment().process;
  std::string cluster = setting_or(system, std::move(options.cluster), "PRE_CLUSTER", "default");
  Identity self{checked_name(std::string(process.node_name()), "node's name", node_name_bytes_max),
                process.incarnation(),
                checked_name(std::move(cluster), "cluster's name", cluster_id_bytes_max)};
  auto shared = std::make_shared<Shared>(system, std::move(self));
  const std::string at = setting_or(system, std::move(options.listen), "PRE_LISTEN", "");
  auto listening = std::make_shared<Listening>();
  if (!at.empty()) {
    listen(listening, system, at);
    shared->listening_at = listening->listener->local().text();
    (void)system.spawn_system<ListenerActor>({.name = "remoting-listener"}, shared, listening);
  }
  if (options.peers.empty()) options.peers = parse_peers(setting_or(system, "", "PRE_PEERS", ""));
  for (const auto& [name, address] : options.peers) shared->add_peer(name, address);
  auto made = std::unique_ptr<Remoting>(new Remoting(std::move(shared)));
  Remoting& remoting = *made;
  system.keep(std::move(made));
  return remoting;
}

Remoting::Remoting(std::shared_ptr<Shared> shared) : shared_(std::move(shared)) {}
Remoting::~Remoting() = default;

TargetPtr Remoting::target(std::string_view node, std::string_view path, ActorUid uid) {
  return shared_->target(node, path, uid).value();
}
void Remoting::add_peer(std::string name, std::string address) { shared_->add_peer(name, address); }
std::string Remoting::listening_at() const { return shared_->listening_at; }
RemotingStats Remoting::stats() const { return shared_->stats(); }

}  // namespace pre
