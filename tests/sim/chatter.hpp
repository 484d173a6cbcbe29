// A program that uses every seam a little: it listens, talks to a peer over a stream and by
// datagrams, keeps a file, and traces what it hears. For tests of whole histories.
#pragma once

#include <array>
#include <utility>

#include "support.hpp"

namespace pre::sim::test {

class Chatter final : public Guest, seam::Wake, seam::TimerTarget, seam::Turn {
 public:
  explicit Chatter(seam::Environment& environment) : env_(environment) {
    const std::string name(env_.process.node_name());
    peer_ = env_.process.setting("peer").value_or(name);
    listener_ = *env_.network.listen({name, 7100}, *this);
    datagram_ = *env_.network.open_datagram({name, 7200}, *this);
    file_ = *env_.storage.open("log", seam::OpenMode::create);
    written_ = *file_->size();
    arm();
  }
  ~Chatter() override {
    // As real programs do, it says goodbye; a dead one must not be heard.
    if (out_) static_cast<void>(out_->write(as_bytes("bye")));
    env_.trace.event({.kind = seam::EventKind::stopped});
  }
  Chatter(const Chatter&) = delete;
  Chatter& operator=(const Chatter&) = delete;

 private:
  void wake() noexcept override { enqueue(); }
  void timer_fired(TimerId) noexcept override {
    ticks_ += 1;
    arm();
    enqueue();
  }
  void arm() {
    const Duration pause =
        50ms + Duration(static_cast<std::int64_t>(env_.random.below(50'000'000)));
    env_.timers.arm(env_.clock.now() + pause, *this);
  }
  void enqueue() {
    if (queued_) return;
    queued_ = true;
    env_.executor.ready(*this);
  }

  Next run(unsigned) noexcept override {
    queued_ = false;
    while (auto stream = listener_->accept(*this)) in_.push_back(std::move(*stream));
    for (auto& stream : in_) listen_to(*stream);
    std::erase_if(in_, [](const auto& stream) {
      const auto broken = stream->write(as_bytes("!"));
      return !broken && broken.error() != seam::NetError::would_block;
    });
    std::array<std::byte, 128> buffer;
    while (const auto one = datagram_->receive(buffer)) {
      heard(hash_bytes(ByteView(buffer).first(one->size)), one->from.host);
    }
    if (ticks_ > 0) speak();
    queued_ = true;  // one more look, so that turns of one instant follow each other
    return std::exchange(ticks_, 0) > 0 ? Next::again : rest();
  }
  std::uint64_t identity() const noexcept override { return 1; }
  Next rest() {
    queued_ = false;
    return Next::idle;
  }
  void listen_to(seam::Stream& stream) {
    std::array<std::byte, 128> buffer;
    while (const auto count = stream.read(buffer)) {
      heard(hash_bytes(ByteView(buffer).first(*count)), stream.remote().host);
    }
  }
  void heard(std::uint64_t digest, std::string_view from) {
    env_.trace.event({seam::EventKind::received, 1, digest, "talk", from});
    std::array<std::byte, 8> bytes;
    store_le(bytes.data(), digest);
    if (file_->write(written_, bytes)) written_ += bytes.size();
  }
  void speak() {
    if (env_.faults.point("chatter.silent") != 0) return;
    if (!out_) out_ = env_.network.connect({peer_, 7100}, *this);
    listen_to(*out_);
    const std::string words = "I am " + std::string(env_.process.node_name()) + " at " +
                              std::to_string(env_.clock.now().time_since_epoch().count());
    const auto said = out_->write(as_bytes(words));
    if (!said && said.error() != seam::NetError::would_block) out_.reset();
    static_cast<void>(datagram_->send({peer_, 7200}, as_bytes(words)));
    sync_ = file_->sync(*this);
  }

  seam::Environment& env_;
  std::string peer_;
  std::unique_ptr<seam::Listener> listener_;
  std::unique_ptr<seam::Datagram> datagram_;
  std::unique_ptr<seam::File> file_;
  std::unique_ptr<seam::Sync> sync_;
  std::unique_ptr<seam::Stream> out_;
  std::vector<std::unique_ptr<seam::Stream>> in_;
  std::uint64_t written_ = 0;
  int ticks_ = 0;
  bool queued_ = false;
};

inline NodeId add_chatter(World& world, std::string name, std::string peer) {
  return world.add_node({.name = std::move(name),
                         .settings = {{"peer", std::move(peer)}},
                         .boot = [](seam::Environment& environment) -> std::unique_ptr<Guest> {
                           return std::make_unique<Chatter>(environment);
                         }});
}

// Five nodes in a ring for a minute, with kills, cuts and pauses.
inline std::uint64_t play(World& world) {
  std::vector<NodeId> nodes;
  for (int i = 0; i < 5; ++i) {
    nodes.push_back(add_chatter(world, "n" + std::to_string(i), "n" + std::to_string((i + 1) % 5)));
  }
  for (NodeId node : nodes) world.start(node);
  const auto at = [&world](Duration time, Function<void()> action) {
    world.at(dawn + time, std::move(action));
  };
  at(5s, [&world, nodes] { world.kill(nodes[1], Death::crash); });
  at(7s, [&world, nodes] { world.start(nodes[1]); });
  at(10s, [&world, nodes] { world.cut(nodes[2], nodes[3]); });
  at(20s, [&world, nodes] { world.heal_all(); });
  at(25s, [&world, nodes] { world.pause(nodes[4]); });
  at(30s, [&world, nodes] { world.resume(nodes[4]); });
  at(35s, [&world, nodes] { world.kill(nodes[0], Death::power_loss); });
  at(45s, [&world, nodes] { world.start(nodes[0]); });
  world.run_until(dawn + 60s);
  return world.hash();
}

// The same program under whatever the numbers of `plan` bring.
inline std::uint64_t suffer(World& world, std::uint64_t plan) {
  constexpr std::uint32_t count = 5;
  std::uint64_t drawn = 0;
  const auto below = [&](std::uint64_t n) { return mix(fold(plan, ++drawn)) % n; };
  const auto any = [&] { return NodeId{static_cast<std::uint32_t>(below(count))}; };
  for (std::uint32_t i = 0; i < count; ++i) {
    add_chatter(world, "n" + std::to_string(i), "n" + std::to_string(below(count)));
  }
  for (int step = 0; step < 60; ++step) {
    const NodeId one = any();
    const NodeId two = any();
    switch (below(10)) {
      case 0:
        world.kill(one, Death::crash);
        break;
      case 1:
        world.kill(one, Death::power_loss);
        break;
      case 2:
        world.cut(one, two);
        break;
      case 3:
        world.heal_all();
        break;
      case 4:
        world.pause(one);
        break;
      case 5:
        world.reset_streams(one, two);
        break;
      case 6:
        world.sever_streams(one, two);
        break;
      case 7:
        world.leave(one);
        break;
      default:
        for (std::uint32_t i = 0; i < count; ++i) {
          world.resume(NodeId{i});
          if (world.state(NodeId{i}) == NodeState::down) world.start(NodeId{i});
        }
    }
    pass(world, Duration(static_cast<std::int64_t>(below(2'000'000'000))));
  }
  return world.hash();
}

}  // namespace pre::sim::test
