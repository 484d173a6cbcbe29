// An association and the inbound side it talks to, over a network that cuts, delays and breaks.
// Whatever happens: messages arrive in order and at most once, and every one ends exactly once.
#include <rapidcheck.h>
#include <rapidcheck/catch.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "association.hpp"
#include "inbound.hpp"

namespace pre::remoting {
namespace {

class Conversation {
 public:
  // One drawn event, that is possible now.
  void advance_by_chance() {
    switch (*rc::gen::weightedElement<int>(
        {{6, 0}, {6, 1}, {6, 2}, {4, 3}, {3, 4}, {1, 5}, {4, 6}, {2, 7}})) {
      case 0:
        return send();
      case 1:
        return carry_forth(*rc::gen::inRange<std::size_t>(1, 300));
      case 2:
        return carry_back(*rc::gen::inRange<std::size_t>(1, 300));
      case 3:
        return answer();
      case 4:
        return pass(Duration(*rc::gen::inRange<std::int64_t>(0, 200'000'000)));
      case 5:
        return break_connection();
      case 6:
        return connect();
      default:
        return pass(Duration(*rc::gen::inRange<std::int64_t>(0, 6'000'000'000)));
    }
  }

  void stop() { tell_association(link::Stop{"done"}); }

  void check() {
    std::uint64_t missing = 0;
    for (std::uint64_t id = 1; id <= sent_; ++id) {
      const bool failed = failed_.contains(id);
      if (is_ask(id)) {
        RC_ASSERT(failed != replied_.contains(id));
      } else if (failed) {
        RC_ASSERT(!delivered_.contains(id));
      } else if (!delivered_.contains(id)) {
        ++missing;
      }
    }
    RC_ASSERT(missing <= possibly_lost_);
    RC_ASSERT(association_.outbox().open_asks() == 0U);
    RC_ASSERT(association_.outbox().queued_bytes() == 0U);
    RC_CLASSIFY(!delivered_.empty());
    RC_CLASSIFY(!replied_.empty());
    RC_CLASSIFY(possibly_lost_ != 0);
  }

 private:
  // Every third message is a tell. An ask's id is the message's number.
  static bool is_ask(std::uint64_t id) { return id % 3 != 0; }

  void send() {
    const std::uint64_t id = ++sent_;
    const std::string payload = std::to_string(id);
    const ByteView view = as_bytes(payload);
    const WireEnvelope envelope{.target = "/user/ada",
                                .target_uid = {},
                                .type = "Note",
                                .payload = {view.begin(), view.end()},
                                .ask_id = is_ask(id) ? id : 0};
    Send message{.envelope = encode(envelope).value(), .ask_id = envelope.ask_id};
    if (*rc::gen::arbitrary<bool>()) {
      message.deadline = now_ + Duration(*rc::gen::inRange<std::int64_t>(0, 8'000'000'000));
    }
    tell_association(std::move(message));
  }

  void connect() {
    if (!dialling_) return;
    dialling_ = false;
    if (*rc::gen::inRange(0, 4) == 0) {
      return tell_association(link::ConnectFailed{seam::NetError::refused});
    }
    forth_.clear();
    back_.clear();
    open_.clear();
    inbound_.emplace(Identity{.node = "n2", .incarnation = Incarnation{2}, .cluster = "blue"},
                     now_);
    tell_association(link::Connected{});
  }

  void carry_forth(std::size_t size) {
    if (!inbound_ || forth_.empty()) return;
    const Bytes piece = take(forth_, size);
    tell_inbound(link::Received{piece});
    if (forth_.empty() && inbound_) tell_association(link::Writable{0});
  }

  void carry_back(std::size_t size) {
    if (!inbound_ || back_.empty()) return;
    const Bytes piece = take(back_, size);
    tell_association(link::Received{piece});
  }

  void answer() {
    if (open_.empty() || !inbound_) return;
    const auto at = *rc::gen::inRange<std::size_t>(0, open_.size());
    const WireReply reply{open_[at], {}, {}};
    open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(at));
    tell_inbound(reply);
  }

  void pass(Duration duration) {
    now_ += duration;
    tell_association(link::Tick{});
    if (inbound_) tell_inbound(link::Tick{});
  }

  void break_connection() {
    if (!inbound_) return;
    inbound_.reset();
    tell_association(link::Disconnected{seam::NetError::reset});
  }

  void tell_association(decltype(AssociationInput::event) event) {
    AssociationOutputs out;
    association_.step({.now = now_, .random = 5, .event = std::move(event)}, out);
    append(forth_, out.write);
    if (out.dial) dialling_ = true;
    for (const WireReply& reply : out.replies) RC_ASSERT(replied_.insert(reply.ask_id).second);
    for (const FailedSend& failed : out.failed) note_failed(failed);
    possibly_lost_ += out.possibly_lost;
    RC_ASSERT(out.next_deadline > now_ || out.next_deadline == never);
    if (!out.close) return;
    dialling_ = false;
    inbound_.reset();
  }

  void note_failed(const FailedSend& failed) {
    std::uint64_t id = failed.ask_id;
    if (!failed.envelope.empty()) {
      id = std::stoull(std::string(as_text(decode_envelope(failed.envelope).value().payload)));
      // It was never handed over, so nobody may have seen it, nor ever will.
      RC_ASSERT(!delivered_.contains(id));
    }
    RC_ASSERT(failed_.insert(id).second);
    if (!failed.envelope.empty()) never_sent_.insert(id);
  }

  void tell_inbound(decltype(InboundInput::event) event) {
    InboundOutputs out;
    inbound_->step({.now = now_, .event = std::move(event)}, out);
    append(back_, out.write);
    for (const Delivery& delivery : out.deliveries) {
      const std::uint64_t id = std::stoull(std::string(as_text(delivery.envelope.payload)));
      RC_ASSERT(id > last_delivered_);  // in order, and at most once
      RC_ASSERT(!never_sent_.contains(id));
      last_delivered_ = id;
      delivered_.insert(id);
      if (delivery.envelope.ask_id != 0) open_.push_back(id);
    }
    if (!out.close) return;
    // The peer has done nothing wrong, so only time can have ended it.
    RC_ASSERT(out.close->reason == CloseReason::handshake_timeout ||
              out.close->reason == CloseReason::idle_timeout ||
              out.close->reason == CloseReason::progress_timeout ||
              out.close->reason == CloseReason::peer_goodbye);
    inbound_.reset();
    tell_association(link::Disconnected{seam::NetError::end});
  }

  static Bytes take(Bytes& from, std::size_t size) {
    const auto end = from.begin() + static_cast<std::ptrdiff_t>(std::min(size, from.size()));
    Bytes out(from.begin(), end);
    from.erase(from.begin(), end);
    return out;
  }

  Instant now_{};
  Association association_{
      {.self = {.node = "n1", .incarnation = Incarnation{1}, .cluster = "blue"},
       .peer = "n2",
       .limits = {.messages = 20, .bytes = 2000, .asks = 15}}};
  std::optional<Inbound> inbound_;
  Bytes forth_;
  Bytes back_;
  bool dialling_ = false;

  std::uint64_t sent_ = 0;
  std::uint64_t last_delivered_ = 0;
  std::uint64_t possibly_lost_ = 0;
  std::set<std::uint64_t> delivered_;
  std::set<std::uint64_t> never_sent_;
  std::set<std::uint64_t> replied_;
  std::set<std::uint64_t> failed_;
  std::vector<std::uint64_t> open_;
};

TEST_CASE("every message ends once, whatever the network does", "[remoting]") {
  rc::prop("for all histories", [] {
    Conversation conversation;
    const int steps = *rc::gen::inRange(0, 300);

    for (int i = 0; i < steps; ++i) conversation.advance_by_chance();
    conversation.stop();

    conversation.check();
  });
}

}  // namespace
}  // namespace pre::remoting
