// seam::Executor on threads: a work-stealing scheduler. A worker looks for its next turn in this
// order: its run-next slot (the turn just made ready: its message is still in the cache), its ring,
// the injector, the rings of others, and then it sleeps.
//
// Who wakes whom. Whoever publishes work looks, after publishing, whether anybody sleeps and nobody
// searches, and only then pays for a wake-up (6 to 11 us). A worker about to sleep first announces
// it and then looks once more. Both sides are sequentially consistent, so one sees the other.
//
// Work in a run-next slot is not announced: its worker takes it at the end of this turn, and waking
// another core for it would cost more than it saves. But a turn may take long. So while any worker
// is busy, one of the sleepers is a sentry: it gets up every two milliseconds and takes a run-next
// turn that has been waiting since its last look.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

#include <preordain/seam/executor.hpp>

#include "native/ready_queues.hpp"

namespace pre::native {

class Worker;

class WorkerPool final : public seam::Executor {
 public:
  explicit WorkerPool(unsigned workers);
  ~WorkerPool();

  void ready(seam::Turn& turn) noexcept override;
  // Joins the workers. Turns still queued are never run.
  void stop();

 private:
  friend class Worker;

  // Work was published: wake a sleeper if nobody is looking already.
  void notify() noexcept;
  void wake_one() noexcept;
  // Work was put into a run-next slot: see to it that somebody keeps an eye on it.
  void post_sentry() noexcept;
  // The last searcher found something: is there more, for somebody else?
  void hand_over_search() noexcept;
  bool any_work() const noexcept;
  bool stopping() const noexcept { return stopping_.load(std::memory_order_seq_cst); }
  std::uint32_t count() const noexcept { return static_cast<std::uint32_t>(workers_.size()); }

  Injector injector_;
  std::vector<std::unique_ptr<Worker>> workers_;
  alignas(64) std::atomic<std::uint32_t> parked_{0};  // asleep, or about to be
  alignas(64) std::atomic<std::uint32_t> searching_{0};
  alignas(64) std::atomic<std::uint32_t> sentries_{0};
  alignas(64) std::atomic<std::uint32_t> epoch_{0};  // changes with every wake-up; slept on
  std::atomic<bool> stopping_{false};
};

}  // namespace pre::native
