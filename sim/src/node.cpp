// How lives of a node begin and end. The order of these steps is the semantics of a kill.
#include "node.hpp"

#include <utility>

#include <preordain/base/assert.hpp>

namespace pre::sim {

namespace {
// The scope of what happens to the host and not to one of its lives.
constexpr std::uint64_t host_scope = 0;
constexpr std::uint64_t any_64_bits = ~std::uint64_t{0};
}  // namespace

Node::Node(Core& core, Schedule& schedule, Fabric& fabric, NodeId id, NodeSpec spec)
    : core_(core),
      schedule_(schedule),
      fabric_(fabric),
      id_(id),
      spec_(std::move(spec)),
      host_(id, host_scope),
      clock_(HostClock::drawn(core, host_)),
      disk_(core, host_) {}

NodeState Node::state() const noexcept {
  if (body_ == nullptr) return NodeState::down;
  return body_->life.paused ? NodeState::paused : NodeState::running;
}

void Node::start() {
  PRE_ASSERT(body_ == nullptr, "a node is started while it is down");
  PRE_ASSERT(static_cast<bool>(spec_.boot), "a node that is started has a program");
  ++lives_;
  // 0 is no incarnation; the calm answer is the first of them.
  const Incarnation incarnation{core_.choice.below(host_, Site::incarnation, any_64_bits) + 1};
  body_ = std::make_unique<Body>(Surroundings{core_, schedule_, fabric_, disk_, clock_, spec_}, id_,
                                 incarnation);
  write(Kind::started, lives_);
  fabric_.host_started(id_);
  body_->guest = spec_.boot(body_->environment);
}

void Node::close_seams(Life& life) {
  life.alive = false;
  life.died = core_.now;
  life.held.clear();
  body_->timers.forget_all();
  body_->executor.forget_all();
}

std::unique_ptr<Body> Node::kill(Death death) {
  write(Kind::killed, static_cast<std::uint64_t>(death));
  if (body_ != nullptr) {
    Life& life = body_->life;
    fabric_.life_ended(life, death);
    disk_.life_ended(life);
    close_seams(life);
  }
  if (death == Death::power_loss) {
    fabric_.host_down(id_);
    disk_.lose_power();
  }
  return std::move(body_);
}

void Node::leave() {
  if (body_ == nullptr) return;
  // The program's destructors run in a living world: what they close is closed in good order.
  body_->guest.reset();
  write(Kind::left);
  fabric_.life_ended(body_->life, Death::crash);
  disk_.life_ended(body_->life);
  close_seams(body_->life);
}

void Node::pause() {
  if (state() != NodeState::running) return;
  body_->life.paused = true;
  write(Kind::paused);
}

void Node::resume() {
  if (state() != NodeState::paused) return;
  body_->life.paused = false;
  write(Kind::resumed);
  body_->timers.resume();
  Waker::release_held(body_->life);
  body_->executor.resume();
}

void Node::request_stop() {
  if (body_ == nullptr) return;
  write(Kind::stop_request);
  body_->process.request_stop();
}

std::unique_ptr<Body> Node::end() {
  if (body_ != nullptr) close_seams(body_->life);
  return std::move(body_);
}

void Node::write(Kind kind, std::uint64_t digest) const {
  const Incarnation incarnation = body_ == nullptr ? Incarnation{} : body_->life.incarnation;
  core_.journal.write({0, core_.now, id_, incarnation, kind, 0, digest, {}, spec_.name});
}

}  // namespace pre::sim
