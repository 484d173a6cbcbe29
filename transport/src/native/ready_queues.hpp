// Where turns wait: a ring for each worker, from which others may steal, and one queue for turns
// made ready outside the workers. First in, first out, both.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <vector>

#include <preordain/seam/executor.hpp>

namespace pre::native {

// One owner pushes, anybody pops. The push is sequentially consistent because a worker about to
// sleep looks at the tail after it announced itself (see WorkerPool::park).
class Ring {
 public:
  static constexpr std::uint32_t capacity = 1024;

  // False if full. Owner only.
  bool push(seam::Turn& turn) noexcept {
    const std::uint32_t tail = tail_.load(std::memory_order_relaxed);
    if (tail - head_.load(std::memory_order_acquire) == capacity) return false;
    slots_[tail % capacity].store(&turn, std::memory_order_relaxed);
    tail_.store(tail + 1, std::memory_order_seq_cst);
    return true;
  }
  // A popper that was overtaken may read a slot that is being reused; then its exchange of the head
  // fails, and it tries again.
  seam::Turn* pop() noexcept {
    std::uint32_t head = head_.load(std::memory_order_acquire);
    for (;;) {
      if (head == tail_.load(std::memory_order_acquire)) return nullptr;
      seam::Turn* const turn = slots_[head % capacity].load(std::memory_order_relaxed);
      if (head_.compare_exchange_weak(head, head + 1, std::memory_order_acq_rel,
                                      std::memory_order_acquire)) {
        return turn;
      }
    }
  }
  std::uint32_t size() const noexcept {
    const std::uint32_t head = head_.load(std::memory_order_seq_cst);
    return tail_.load(std::memory_order_seq_cst) - head;
  }

 private:
  alignas(64) std::atomic<std::uint32_t> head_{0};
  alignas(64) std::atomic<std::uint32_t> tail_{0};
  std::array<std::atomic<seam::Turn*>, capacity> slots_{};
};

// Turns from other threads, and what overflows the rings.
class Injector {
 public:
  void push(seam::Turn& turn);
  // The oldest; a share of the others goes into `ring`, to visit the lock less often.
  seam::Turn* pop(Ring& ring);
  bool empty() const noexcept { return size_.load(std::memory_order_seq_cst) == 0; }

 private:
  std::mutex mutex_;
  std::vector<seam::Turn*> turns_;
  std::size_t first_ = 0;
  std::atomic<std::size_t> size_{0};
};

}  // namespace pre::native
