// An actor of another node, as a Target: encodes in the sender's slot, and leaves the rest to the
// association's driver.
#pragma once

#include "association_actor.hpp"

namespace pre::remoting {

class RemoteTarget final : public Target {
 public:
  RemoteTarget(std::shared_ptr<Shared> parts, TargetPtr association, Pid pid)
      : parts_(std::move(parts)), association_(std::move(association)), pid_(std::move(pid)) {}

  void deliver(Envelope* envelope) noexcept override;
  seam::Memory& memory() const noexcept override { return parts_->system.environment().memory; }
  const Pid& pid() const noexcept override { return pid_; }

 private:
  const std::shared_ptr<Shared> parts_;
  const TargetPtr association_;
  const Pid pid_;
};

}  // namespace pre::remoting
