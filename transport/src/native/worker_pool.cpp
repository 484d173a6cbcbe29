#include "native/worker_pool.hpp"

#include <algorithm>

#include <preordain/base/assert.hpp>

#include "native/futex.hpp"
#include "native/worker.hpp"

namespace pre::native {

WorkerPool::WorkerPool(unsigned workers) {
  workers_.reserve(workers);
  for (unsigned i = 0; i < workers; ++i) workers_.push_back(std::make_unique<Worker>(*this, i));
  for (const auto& worker : workers_) worker->start();
}

WorkerPool::~WorkerPool() { stop(); }

void WorkerPool::ready(seam::Turn& turn) noexcept {
  Worker* const worker = Worker::current();
  if (worker != nullptr && &worker->pool() == this) return worker->push_next(turn);
  injector_.push(turn);
  notify();
}

void WorkerPool::stop() {
  if (stopping_.exchange(true, std::memory_order_seq_cst)) return;
  const Worker* const worker = Worker::current();
  PRE_ASSERT(worker == nullptr || &worker->pool() != this,
             "a worker cannot wait for itself to end");
  epoch_.fetch_add(1, std::memory_order_seq_cst);
  futex_wake_all(epoch_);
  for (const auto& each : workers_) each->join();
}

void WorkerPool::notify() noexcept {
  if (parked_.load(std::memory_order_seq_cst) == 0) return;
  if (searching_.load(std::memory_order_seq_cst) > 0) return;
  wake_one();
}

void WorkerPool::post_sentry() noexcept {
  if (parked_.load(std::memory_order_seq_cst) == 0) return;
  if (sentries_.load(std::memory_order_seq_cst) > 0) return;
  if (searching_.load(std::memory_order_seq_cst) > 0) return;
  wake_one();
}

void WorkerPool::hand_over_search() noexcept {
  const bool hidden =
      std::ranges::any_of(workers_, [](const auto& worker) { return worker->has_hidden_work(); });
  if (any_work()) {
    notify();
  } else if (hidden) {
    post_sentry();
  }
}

void WorkerPool::wake_one() noexcept {
  epoch_.fetch_add(1, std::memory_order_seq_cst);
  futex_wake_one(epoch_);
}

bool WorkerPool::any_work() const noexcept {
  if (!injector_.empty()) return true;
  return std::ranges::any_of(workers_, [](const auto& worker) { return worker->has_ring_work(); });
}

}  // namespace pre::native
