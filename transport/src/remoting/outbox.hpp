// The books of an association: which messages wait, which asks are open, which tells have not been
// proved to have arrived. Every message that was accepted ends exactly once: as a failed send, as
// an answered ask, or as a tell that was handed over.
//
//            accept                 hand_over                   answer
//   message --------> queued ------------------> handed over ----------> gone      (ask)
//                       |  expire, fail             |  expire, break
//                       v                           v
//                    failed                       failed (ask) / possibly lost (tell)
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include <preordain/base/bytes.hpp>
#include <preordain/base/duration.hpp>
#include <preordain/base/error.hpp>
#include <preordain/base/ids.hpp>
#include <preordain/remoting/wire.hpp>

namespace pre::remoting {

// A message to the peer.
struct Send {
  Bytes envelope;            // encode(WireEnvelope) without what append_hand_over adds
  std::uint64_t ask_id = 0;  // as in the envelope; 0: a tell. Unique among the open asks.
  Instant deadline = never;  // an ask: for its reply; a tell: for its hand-over
  Incarnation peer{};        // meant for this life of the peer only; none: for whichever
};

// A message that will not get further. Its asker is told, or it is a dead letter.
struct FailedSend {
  std::uint64_t number = 0;  // counts the accepted messages; 0: was not accepted
  std::uint64_t ask_id = 0;  // 0: a tell
  Error error;
  Bytes envelope;  // empty if it had been handed over
};

struct OutboxLimits {
  std::size_t messages = queue_messages_max;
  std::size_t bytes = queue_bytes_max;
  std::size_t asks = asks_max;
};

class Outbox {
 public:
  struct Queued {
    std::uint64_t number;
    Send send;
  };

  // Numbers of messages are greater than `numbers_after`.
  explicit Outbox(OutboxLimits limits, std::uint64_t numbers_after = 0)
      : limits_(limits), last_number_(numbers_after) {}

  // Queues the message, or fails it with mailbox_full.
  void accept(Send send, std::vector<FailedSend>& failed);

  bool queue_empty() const { return queue_.empty(); }
  // Preconditions of these three: !queue_empty().
  const Send& front() const { return queue_.begin()->second; }
  Queued hand_over();
  void fail_front(Error error, std::vector<FailedSend>& failed);

  // The reply came. False if no such ask was handed over: its asker has been told something else.
  bool answer(std::uint64_t ask_id);

  // Tells handed over so far; and evidence that the first `tells` of them arrived.
  std::uint64_t tells_handed_over() const { return tells_; }
  void prove(std::uint64_t tells);

  // The connection broke. Fails the asks that were handed over; returns how many tells are possibly
  // lost. What is queued stays.
  std::uint64_t break_off(const Error& error, std::vector<FailedSend>& failed);
  void fail_queued(const Error& error, std::vector<FailedSend>& failed);

  // Fails what has passed its deadline.
  void expire(Instant now, std::vector<FailedSend>& failed);
  Instant next_deadline() const;

  std::size_t queued_messages() const { return queue_.size(); }
  std::size_t queued_bytes() const { return queued_bytes_; }
  std::size_t open_asks() const { return asks_.size(); }

 private:
  struct Ask {
    std::uint64_t number;
    Instant deadline;
    std::uint64_t tells_before;
    bool handed_over;
  };
  struct Deadline {
    Instant at;
    std::uint64_t number;
    std::uint64_t ask_id;
    friend auto operator<=>(const Deadline&, const Deadline&) = default;
  };
  using Queue = std::map<std::uint64_t, Send>;  // by number: first in, first out

  Queued take(Queue::iterator at);

  OutboxLimits limits_;
  Queue queue_;
  std::size_t queued_bytes_ = 0;
  std::map<std::uint64_t, Ask> asks_;  // queued or handed over
  std::set<Deadline> deadlines_;       // of all that have one, in the order of their end
  std::uint64_t last_number_;
  std::uint64_t tells_ = 0;
  std::uint64_t tells_proved_ = 0;
};

}  // namespace pre::remoting
