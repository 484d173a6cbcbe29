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

// Whoever a ref once named is not there, or was never reachable: what is sent ends at once.
class NoTarget final : public Target {
 public:
  NoTarget(std::shared_ptr<Shared> parts, Pid pid)
      : parts_(std::move(parts)), pid_(std::move(pid)) {}

  void deliver(Envelope* envelope) noexcept override;
  seam::Memory& memory() const noexcept override { return parts_->system.environment().memory; }
  const Pid& pid() const noexcept override { return pid_; }

 private:
  const std::shared_ptr<Shared> parts_;
  const Pid pid_;
};

}  // namespace pre::remoting
