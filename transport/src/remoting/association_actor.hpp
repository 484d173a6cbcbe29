// The driver of an association: gives the pure machine (association.hpp) its stream, its clock and
// its asks. It looks the peer up, dials, pumps bytes, and settles every ask exactly once.
#pragma once

#include <map>
#include <optional>

#include <preordain/runtime/system.hpp>

#include "ask_handle.hpp"
#include "association.hpp"
#include "shared.hpp"
#include "stream_pump.hpp"
#include "wake_tell.hpp"

namespace pre::remoting {

// A message for the peer, encoded by its sender.
struct Outbound {
  Outbound(WireEnvelope e, OpenAsk a) : envelope(std::move(e)), ask(std::move(a)) {}
  WireEnvelope envelope;
  OpenAsk ask;
};
struct StreamReady {};
struct Due {};

// An ask of this node ends by itself after this time, if its asker never said how long it waits.
inline constexpr Duration ask_within_max = 10min;

class AssociationActor : public Actor<Outbound, StreamReady, Due> {
 public:
  AssociationActor(std::shared_ptr<Shared> parts, std::string peer, std::string address);

  void on(Outbound outbound);
  void on(StreamReady);
  void on(Due);

 private:
  void started() override;
  void stopping() override;

  template <class E>
  void feed(E event);
  void carry_out();
  void dial();
  void look_up();
  void attach(const seam::Endpoint& to);
  void read();
  void flush();
  void settle(FailedSend& failed);
  void settle(const WireReply& reply);
  void arm(Instant deadline);

  const std::shared_ptr<Shared> parts_;
  const std::string peer_;
  const std::string address_;
  std::optional<Association> machine_;
  AssociationOutputs out_;
  std::map<std::uint64_t, OpenAsk> asks_;
  std::uint64_t last_ask_ = 0;
  WakeTell<StreamReady> ready_;  // before what it is given to
  std::unique_ptr<seam::Lookup> lookup_;
  StreamPump stream_;
  bool connecting_ = false;
  Timer due_;
  Instant due_at_ = never;
};

}  // namespace pre::remoting
