// Accepts connections and gives each an actor of its own, in bounded number.
#pragma once

#include <preordain/runtime/system.hpp>

#include "inbound_actor.hpp"

namespace pre::remoting {

struct AcceptReady {};

inline constexpr std::size_t connections_max = 4096;

struct Listening {
  WakeTell<AcceptReady> ready;  // before the listener that holds it
  std::unique_ptr<seam::Listener> listener;
};

class ListenerActor : public Actor<AcceptReady, Terminated> {
 public:
  ListenerActor(std::shared_ptr<Shared> parts, std::shared_ptr<Listening> listening);
  void on(AcceptReady);
  void on(const Terminated& connection);

 private:
  void started() override;
  void stopping() override;
  void accept();

  const std::shared_ptr<Shared> parts_;
  const std::shared_ptr<Listening> listening_;
  std::size_t connections_ = 0;
};

}  // namespace pre::remoting
