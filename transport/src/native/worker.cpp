#include "native/worker.hpp"

#include <pthread.h>

#include <string>
#include <utility>

#include "native/futex.hpp"

namespace pre::native {
namespace {

// Messages a turn may handle before the others get their chance.
constexpr unsigned turn_budget = 2048;
// Run-next turns in a row before the ring is looked at: two actors that only talk to each other
// must not starve the rest.
constexpr std::uint32_t in_a_row_max = 64;
// Every so many turns the injector goes first, for the same reason.
constexpr std::uint32_t injector_period = 61;
// Rounds of looking at everybody's queues before going to sleep.
constexpr int search_rounds = 200;
constexpr int pauses_per_round = 4;
constexpr Duration sentry_period = 2ms;

constinit thread_local Worker* current_worker = nullptr;

void pause_briefly() noexcept {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

}  // namespace

Worker* Worker::current() noexcept { return current_worker; }

void Worker::start() {
  looks_.resize(pool_.count());
  thread_ = std::thread([this] { main(); });
}

void Worker::main() {
  current_worker = this;
  ::pthread_setname_np(::pthread_self(), ("worker-" + std::to_string(index_)).c_str());
  while (!pool_.stopping()) {
    seam::Turn* turn = find();
    if (turn == nullptr) turn = search();
    if (turn == nullptr) continue;
    started_.store(started_.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    if (turn->run(turn_budget) == seam::Turn::Next::idle) continue;  // it may be gone already
    enqueue(*turn);
    if (ring_.size() > 1) pool_.notify();
  }
  current_worker = nullptr;
}

void Worker::push_next(seam::Turn& turn) noexcept {
  if (next_.load(std::memory_order_relaxed) == nullptr) {
    next_.store(&turn, std::memory_order_release);
    pool_.post_sentry();
  } else if (seam::Turn* const old = next_.exchange(&turn, std::memory_order_acq_rel)) {
    enqueue(*old);
    pool_.notify();
  }
}

void Worker::enqueue(seam::Turn& turn) {
  if (!ring_.push(turn)) pool_.injector_.push(turn);
}

seam::Turn* Worker::take_next() noexcept {
  if (next_.load(std::memory_order_relaxed) == nullptr) return nullptr;
  return next_.exchange(nullptr, std::memory_order_acq_rel);
}

seam::Turn* Worker::find() {
  if (++tick_ % injector_period == 0) {
    if (seam::Turn* const turn = pool_.injector_.pop(ring_)) return turn;
  }
  if (in_a_row_ < in_a_row_max) {
    if (seam::Turn* const turn = take_next()) {
      ++in_a_row_;
      return turn;
    }
  }
  in_a_row_ = 0;
  if (seam::Turn* const turn = ring_.pop()) return turn;
  if (seam::Turn* const turn = take_next()) return turn;
  return pool_.injector_.pop(ring_);
}

seam::Turn* Worker::search() {
  // When half of the workers search already, one look is enough: more would only burn cores.
  const std::uint32_t searching = pool_.searching_.fetch_add(1, std::memory_order_seq_cst);
  const int rounds = searching * 2 >= pool_.count() ? 1 : search_rounds;
  for (int round = 0; round < rounds; ++round) {
    if (seam::Turn* const turn = steal_from_others()) {
      // Others kept quiet because we were searching; now somebody else has to.
      if (pool_.searching_.fetch_sub(1, std::memory_order_seq_cst) == 1) pool_.hand_over_search();
      return turn;
    }
    for (int i = 0; i < pauses_per_round; ++i) pause_briefly();
  }
  return park();
}

seam::Turn* Worker::steal_from_others() {
  for (std::uint32_t i = 1; i < pool_.count(); ++i) {
    const std::uint32_t victim = (index_ + i) % pool_.count();
    if (seam::Turn* const turn = pool_.workers_[victim]->steal()) return turn;
  }
  return pool_.injector_.pop(ring_);
}

// Null: look again. The order of the steps is the protocol: read the epoch, announce, look once
// more, sleep on the epoch.
seam::Turn* Worker::park() {
  const std::uint32_t epoch = pool_.epoch_.load(std::memory_order_seq_cst);
  const std::uint32_t parked = pool_.parked_.fetch_add(1, std::memory_order_seq_cst) + 1;
  pool_.searching_.fetch_sub(1, std::memory_order_seq_cst);
  seam::Turn* rescued = nullptr;
  if (!pool_.stopping() && !pool_.any_work()) {
    std::uint32_t vacant = 0;
    if (parked < pool_.count() && pool_.sentries_.compare_exchange_strong(vacant, 1)) {
      rescued = stand_sentry(epoch);
      pool_.sentries_.store(0, std::memory_order_seq_cst);
    } else {
      futex_wait(pool_.epoch_, epoch, for_ever);
    }
  }
  pool_.parked_.fetch_sub(1, std::memory_order_seq_cst);
  return rescued;
}

// Until woken, or everybody sleeps, or there is a turn to rescue.
seam::Turn* Worker::stand_sentry(std::uint32_t epoch) {
  while (pool_.epoch_.load(std::memory_order_seq_cst) == epoch) {
    futex_wait(pool_.epoch_, epoch, sentry_period);
    if (pool_.parked_.load(std::memory_order_seq_cst) == pool_.count()) return nullptr;
    if (seam::Turn* const turn = take_hidden()) return turn;
  }
  return nullptr;
}

// A run-next turn that waited through two looks while its worker ran one and the same turn.
seam::Turn* Worker::take_hidden() {
  for (std::uint32_t i = 0; i < pool_.count(); ++i) {
    if (i == index_) continue;
    Worker& other = *pool_.workers_[i];
    const Look look{other.next_.load(std::memory_order_relaxed),
                    other.started_.load(std::memory_order_relaxed)};
    const Look before = std::exchange(looks_[i], look);
    if (look.turn == nullptr || look.turn != before.turn || look.started != before.started) {
      continue;
    }
    seam::Turn* expected = look.turn;
    if (other.next_.compare_exchange_strong(expected, nullptr, std::memory_order_acq_rel)) {
      return expected;
    }
  }
  return nullptr;
}

}  // namespace pre::native
