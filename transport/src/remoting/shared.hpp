// What the actors of remoting share: who we are, who the peers are, and the counters.
#pragma once

#include <map>
#include <string>

#include <preordain/base/spin_lock.hpp>
#include <preordain/remoting/remoting.hpp>
#include <preordain/seam/trace.hpp>

#include "handshake.hpp"

namespace pre::remoting {

class Shared final : public RefContext, public std::enable_shared_from_this<Shared> {
 public:
  Shared(System& owner, Identity identity) : system(owner), self(std::move(identity)) {}

  System& system;
  const Identity self;

  // Thread-safe.
  void add_peer(const std::string& name, const std::string& address);
  // The driver of the association with a node; empty if the name is unknown.
  TargetPtr association(std::string_view node) const;
  Result<TargetPtr> target(std::string_view node, std::string_view path, ActorUid uid);
  // Two connections of one peer may overlap when the older one breaks: what its last bytes still
  // bring after the newer one has delivered would come out of order. False: drop it, its sender has
  // counted it as lost.
  bool in_order(const Peer& peer, std::uint64_t sequence);
  void count_close(CloseReason reason);
  void count(std::uint64_t RemotingStats::* counter, std::uint64_t by = 1);
  RemotingStats stats() const;
  void trace(seam::EventKind kind, std::string_view what, std::string_view text,
             std::uint64_t digest = 0) const;

  // RefContext
  std::string text_of(const Target& target) override;
  Result<TargetPtr> target_of(std::string_view text) override;

  std::string listening_at;  // fixed before anybody reads it

 private:
  TargetPtr nobody(Pid pid);

  mutable SpinLock lock_;
  std::map<std::string, TargetPtr, std::less<>> associations_;
  struct LastHeard {
    Incarnation incarnation{};
    std::uint64_t sequence = 0;
    std::vector<Incarnation> past{};  // a node that restarted does not speak from its former life
  };
  std::map<std::string, LastHeard, std::less<>> heard_;  // by the peer's name
  RemotingStats stats_;
};

}  // namespace pre::remoting
