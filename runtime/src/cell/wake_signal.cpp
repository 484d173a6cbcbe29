#include <preordain/runtime/wake_signal.hpp>

#include "cell/cell.hpp"
#include "tree/parts.hpp"

namespace pre {

WakeSignal::WakeSignal(const ActorBase& actor) : cell_(actor.self_target()) {
  token_ = cell_of(cell_).enlist(*this);
}

WakeSignal::~WakeSignal() { cell_of(cell_).delist(*this); }

void WakeSignal::wake() noexcept {
  if (!pending_.exchange(true)) cell_of(cell_).send(signal::Woken{token_});
}

void WakeSignal::woken() noexcept {
  if (waiting_ == nullptr) return;  // the next wait finds it pending
  pending_.store(false);
  TaskPromise& waiting = *std::exchange(waiting_, nullptr);
  waiting.owner->post(waiting);
}

std::uint64_t Cell::enlist(WakeSignal& wake) {
  wakes_.push_back(&wake);
  return ++tokens_;
}

void Cell::delist(WakeSignal& wake) noexcept { std::erase(wakes_, &wake); }

void Cell::woken(std::uint64_t token) noexcept {
  for (WakeSignal* wake : wakes_) {
    if (wake->token_ == token) return wake->woken();
  }
}

}  // namespace pre
