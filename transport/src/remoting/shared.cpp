#include "shared.hpp"

#include <algorithm>

#include "endpoint.hpp"
#include "remote_target.hpp"

namespace pre::remoting {

void Shared::add_peer(const std::string& name, const std::string& address) {
  if (name == self.node) return;
  (void)endpoint_of(address);
  if (association(name)) return;
  // The name makes it unique: a second add_peer at the same time fails as already_exists.
  auto driver = system.spawn_system<AssociationActor>({.name = "remoting-to-" + name},
                                                      shared_from_this(), name, address);
  SpinGuard guard(lock_);
  associations_.emplace(name, driver.target());
}

TargetPtr Shared::association(std::string_view node) const {
  SpinGuard guard(lock_);
  const auto found = associations_.find(node);
  return found == associations_.end() ? TargetPtr() : found->second;
}

Result<TargetPtr> Shared::target(std::string_view node, std::string_view path, ActorUid uid) {
  if (node.empty() || node == self.node) {
    Result<TargetPtr> here = system.find(path);
    if (here && (!uid || uid == (*here)->pid().uid)) return here;
    return nobody(Pid{std::string(node), std::string(path), uid});
  }
  TargetPtr driver = association(node);
  if (!driver) {
    return Error(Errc::invalid_argument, "node '" + std::string(node) +
                                             "' is no peer of this one; name it in PRE_PEERS or "
                                             "call add_peer");
  }
  return TargetPtr(new RemoteTarget(shared_from_this(), std::move(driver),
                                    Pid{std::string(node), std::string(path), uid}));
}

std::string Shared::text_of(const Target& target) {
  Pid pid = target.pid();
  if (pid.node.empty()) pid.node = self.node;
  return pid.text();
}

Result<TargetPtr> Shared::target_of(std::string_view text) {
  Result<Pid> pid = parse_pid(text);
  if (!pid) return pid.error();
  // A message is not lost because a ref inside it leads nowhere: using the ref says so.
  Result<TargetPtr> found = target(pid->node, pid->path, pid->uid);
  return found ? *found : nobody(*pid);
}

TargetPtr Shared::nobody(Pid pid) {
  return TargetPtr(new NoTarget(shared_from_this(), std::move(pid)));
}

bool Shared::in_order(const Peer& peer, std::uint64_t sequence) {
  constexpr std::size_t peers_max =
      4096;  // names are the peers' own word: they must not fill memory
  constexpr std::size_t lives_max = 16;
  SpinGuard guard(lock_);
  if (heard_.size() >= peers_max && !heard_.contains(peer.node)) heard_.clear();
  LastHeard& last = heard_[peer.node];
  if (last.incarnation != peer.incarnation) {
    if (std::find(last.past.begin(), last.past.end(), peer.incarnation) != last.past.end()) {
      return false;
    }
    if (last.incarnation) last.past.push_back(last.incarnation);
    if (last.past.size() > lives_max) last.past.erase(last.past.begin());
    last.incarnation = peer.incarnation;
    last.sequence = 0;
  }
  if (sequence <= last.sequence) return false;
  last.sequence = sequence;
  return true;
}

void Shared::count_close(CloseReason reason) {
  SpinGuard guard(lock_);
  ++stats_.closed[std::string(name_of(reason))];
}

void Shared::count(std::uint64_t RemotingStats::* counter, std::uint64_t by) {
  SpinGuard guard(lock_);
  stats_.*counter += by;
}

RemotingStats Shared::stats() const {
  SpinGuard guard(lock_);
  return stats_;
}

void Shared::trace(seam::EventKind kind, std::string_view what, std::string_view text,
                   std::uint64_t digest) const {
  auto& sink = system.environment().trace;
  if (sink.wanted()) sink.event({kind, 0, digest, what, text});
}

}  // namespace pre::remoting
