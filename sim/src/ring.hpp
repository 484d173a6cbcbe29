// A first-in, first-out queue in one array that doubles. It keeps its memory when it is emptied:
// a world that runs a million seeds allocates for the largest of them only.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include <preordain/base/assert.hpp>

namespace pre::sim {

template <class T>
class Ring {
 public:
  bool empty() const noexcept { return count_ == 0; }
  std::size_t size() const noexcept { return count_; }
  // 0 is the front.
  T& operator[](std::size_t i) noexcept { return items_[(first_ + i) & (items_.size() - 1)]; }
  T& front() noexcept { return (*this)[0]; }

  void push(T item) {
    if (count_ == items_.size()) grow();
    ++count_;
    (*this)[count_ - 1] = std::move(item);
  }
  T pop() {
    PRE_ASSERT(count_ > 0, "only a queue that holds something gives something");
    T item = std::move(front());
    first_ = (first_ + 1) & (items_.size() - 1);
    --count_;
    return item;
  }
  void clear() noexcept {
    while (count_ > 0) static_cast<void>(pop());
    first_ = 0;
  }

 private:
  void grow() {
    std::vector<T> more(items_.empty() ? 8 : items_.size() * 2);
    for (std::size_t i = 0; i < count_; ++i) more[i] = std::move((*this)[i]);
    items_ = std::move(more);
    first_ = 0;
  }

  std::vector<T> items_;  // its size is a power of two
  std::size_t first_ = 0;
  std::size_t count_ = 0;
};

}  // namespace pre::sim
