// A node: a host with a clock and a disk, and at most one running program on it.
#pragma once

#include <memory>

#include "body.hpp"

namespace pre::sim {

class Node {
 public:
  Node(Core& core, Schedule& schedule, Fabric& fabric, NodeId id, NodeSpec spec);
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;

  const NodeSpec& spec() const noexcept { return spec_; }
  Body* body() const noexcept { return body_.get(); }
  NodeState state() const noexcept;

  void start();
  // The corpse, if something was running.
  std::unique_ptr<Body> kill(Death death);
  void leave();
  void pause();
  void resume();
  void request_stop();
  // History is over: the body, with its seams closed.
  std::unique_ptr<Body> end();

 private:
  void close_seams(Life& life);
  void write(Kind kind, std::uint64_t digest = 0) const;

  Core& core_;
  Schedule& schedule_;
  Fabric& fabric_;
  const NodeId id_;
  NodeSpec spec_;
  Scope host_;
  const HostClock clock_;
  Disk disk_;
  std::uint64_t lives_ = 0;
  std::unique_ptr<Body> body_;
};

}  // namespace pre::sim
