// Actors on other nodes: one port, one listener, one association per peer. A Ref to a remote actor
// is like any other; what the network loses becomes an error of the ask or a dead letter of the
// tell.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include <preordain/runtime/system.hpp>

namespace pre {

namespace remoting {
class Shared;
}

struct RemotingOptions {
  // Where to listen, "host:port". Empty: the setting PRE_LISTEN; if that is missing too, this node
  // only dials (a client).
  std::string listen{};
  // Nodes of different clusters never talk. Empty: the setting PRE_CLUSTER, else "default".
  std::string cluster{};
  // Where the other nodes are: name -> "host:port". Empty: the setting PRE_PEERS
  // ("n1=10.0.0.1:7100,n2=..."). More can be added later with add_peer().
  std::map<std::string, std::string> peers{};
};

// What came in and went out since the start; every refusal is counted by reason.
struct RemotingStats {
  std::uint64_t sent = 0;       // envelopes handed to an association
  std::uint64_t delivered = 0;  // envelopes put into local mailboxes
  std::uint64_t replies = 0;    // answers received
  std::uint64_t failed = 0;     // sends that ended as an error or a dead letter
  std::uint64_t possibly_lost =
      0;  // tells on a connection that broke before it proved them arrived
  std::map<std::string, std::uint64_t> closed{};  // connections closed, by reason
};

class Remoting final : public Extension {
 public:
  // Listens and is ready to dial. The system owns it. Failure: invalid_argument (an address),
  // already_exists (the port is in use).
  static Remoting& start(System& system, RemotingOptions options = {});
  ~Remoting() override;

  // The actor at `path` on `node`; on this node's own name, the local one. Sends nothing: whether
  // somebody lives there shows when you ask. With a uid, that one life only. Failure:
  // invalid_argument (an unknown node's name).
  template <class A>
  RefOf<A> ref(std::string_view node, std::string_view path) {
    return RefOf<A>(target(node, path, ActorUid{}));
  }
  TargetPtr target(std::string_view node, std::string_view path, ActorUid uid);

  // Thread-safe, like everything here.
  void add_peer(std::string name, std::string address);
  // "host:port" with the real port; empty when not listening.
  std::string listening_at() const;
  RemotingStats stats() const;

 private:
  explicit Remoting(std::shared_ptr<remoting::Shared> shared);
  std::shared_ptr<remoting::Shared> shared_;
};

}  // namespace pre
