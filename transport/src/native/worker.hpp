// One thread of the worker pool.
#pragma once

#include <thread>

#include "native/worker_pool.hpp"

namespace pre::native {

class Worker {
 public:
  Worker(WorkerPool& pool, std::uint32_t index) : pool_(pool), index_(index) {}

  void start();
  void join() { thread_.join(); }

  // The worker whose thread this is; null elsewhere.
  static Worker* current() noexcept;
  WorkerPool& pool() const noexcept { return pool_; }

  // Own thread only: the turn runs next, and the one that was to run next goes into the ring.
  void push_next(seam::Turn& turn) noexcept;
  // Any thread.
  seam::Turn* steal() noexcept { return ring_.pop(); }
  bool has_ring_work() const noexcept { return ring_.size() != 0; }
  bool has_hidden_work() const noexcept { return next_.load(std::memory_order_seq_cst) != nullptr; }

 private:
  // What a sentry saw in another worker's run-next slot, and how many turns that worker had begun.
  struct Look {
    seam::Turn* turn = nullptr;
    std::uint64_t started = 0;
  };

  void main();
  seam::Turn* find();
  seam::Turn* take_next() noexcept;
  seam::Turn* search();
  seam::Turn* steal_from_others();
  seam::Turn* park();
  seam::Turn* stand_sentry(std::uint32_t epoch);
  seam::Turn* take_hidden();
  void enqueue(seam::Turn& turn);

  WorkerPool& pool_;
  const std::uint32_t index_;
  std::uint32_t tick_ = 0;
  std::uint32_t in_a_row_ = 0;
  // Only the owner puts a turn in; a sentry may take it out.
  std::atomic<seam::Turn*> next_{nullptr};
  std::atomic<std::uint64_t> started_{0};
  Ring ring_;
  std::vector<Look> looks_;  // by index of the other worker
  std::thread thread_;
};

}  // namespace pre::native
