#include "outbox.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <preordain/base/assert.hpp>

namespace pre::remoting {

void Outbox::accept(Send send, std::vector<FailedSend>& failed) {
  const bool ask = send.ask_id != 0;
  std::string full;
  if (queue_.size() >= limits_.messages) full = std::to_string(limits_.messages) + " messages wait";
  if (send.envelope.size() > limits_.bytes - queued_bytes_) {
    full = std::to_string(queued_bytes_) + " of " + std::to_string(limits_.bytes) + " bytes wait";
  }
  if (ask && asks_.size() >= limits_.asks) full = std::to_string(limits_.asks) + " asks are open";
  if (!full.empty()) {
    failed.push_back({.number = 0,
                      .ask_id = send.ask_id,
                      .error = Error(Errc::mailbox_full, "the queue to the node is full: " + full),
                      .envelope = std::move(send.envelope)});
    return;
  }
  const std::uint64_t number = ++last_number_;
  if (send.deadline != never) deadlines_.insert({send.deadline, number, send.ask_id});
  if (ask) {
    const bool fresh = asks_.try_emplace(send.ask_id, Ask{number, send.deadline, 0, false}).second;
    PRE_ASSERT(fresh, "ask ids are unique among the open asks");
  }
  queued_bytes_ += send.envelope.size();
  queue_.emplace_hint(queue_.end(), number, std::move(send));
}

Outbox::Queued Outbox::take(Queue::iterator at) {
  PRE_ASSERT(at != queue_.end(), "there is something to take");
  Queued taken{at->first, std::move(at->second)};
  queue_.erase(at);
  PRE_ASSERT(taken.send.envelope.size() <= queued_bytes_, "the bytes were counted when queued");
  queued_bytes_ -= taken.send.envelope.size();
  return taken;
}

Outbox::Queued Outbox::hand_over() {
  Queued taken = take(queue_.begin());
  if (taken.send.ask_id == 0) {
    ++tells_;
    deadlines_.erase({taken.send.deadline, taken.number, 0});
    return taken;
  }
  Ask& ask = asks_.at(taken.send.ask_id);
  ask.handed_over = true;
  ask.tells_before = tells_;
  return taken;
}

void Outbox::fail_front(Error error, std::vector<FailedSend>& failed) {
  Queued taken = take(queue_.begin());
  deadlines_.erase({taken.send.deadline, taken.number, taken.send.ask_id});
  asks_.erase(taken.send.ask_id);
  failed.push_back(
      {taken.number, taken.send.ask_id, std::move(error), std::move(taken.send.envelope)});
}

bool Outbox::answer(std::uint64_t ask_id) {
  const auto at = asks_.find(ask_id);
  if (at == asks_.end() || !at->second.handed_over) return false;
  prove(at->second.tells_before);
  deadlines_.erase({at->second.deadline, at->second.number, ask_id});
  asks_.erase(at);
  return true;
}

void Outbox::prove(std::uint64_t tells) {
  PRE_ASSERT(tells <= tells_, "nothing arrived that was not sent");
  tells_proved_ = std::max(tells_proved_, tells);
}

std::uint64_t Outbox::break_off(const Error& error, std::vector<FailedSend>& failed) {
  for (auto at = asks_.begin(); at != asks_.end();) {
    const Ask& ask = at->second;
    if (!ask.handed_over) {
      ++at;
      continue;
    }
    deadlines_.erase({ask.deadline, ask.number, at->first});
    failed.push_back({ask.number, at->first, error, {}});
    at = asks_.erase(at);
  }
  const std::uint64_t lost = tells_ - tells_proved_;
  tells_proved_ = tells_;
  return lost;
}

void Outbox::fail_queued(const Error& error, std::vector<FailedSend>& failed) {
  while (!queue_.empty()) fail_front(error, failed);
}

void Outbox::expire(Instant now, std::vector<FailedSend>& failed) {
  while (!deadlines_.empty() && deadlines_.begin()->at <= now) {
    const Deadline due = *deadlines_.begin();
    deadlines_.erase(deadlines_.begin());
    const auto queued = queue_.find(due.number);
    const bool waiting = queued != queue_.end();
    Bytes envelope;
    if (waiting) envelope = take(queued).send.envelope;
    asks_.erase(due.ask_id);
    failed.push_back({due.number, due.ask_id,
                      Error(Errc::timeout, waiting ? "was not sent in time" : "no reply in time"),
                      std::move(envelope)});
  }
}

Instant Outbox::next_deadline() const {
  return deadlines_.empty() ? never : deadlines_.begin()->at;
}

}  // namespace pre::remoting
