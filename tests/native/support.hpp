// For the tests of the real world: a Wake that a test can wait for, and a world to use it in.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>

#include <preordain/base/assert.hpp>
#include <preordain/base/duration.hpp>
#include <preordain/native/files.hpp>
#include <preordain/native/host.hpp>
#include <preordain/native/latch.hpp>
#include <preordain/seam/network.hpp>
#include <preordain/seam/storage.hpp>
#include <preordain/seam/wake.hpp>

namespace pre::native::test {

// Nothing here takes a second; a machine under ten sanitizers may be slow.
inline constexpr Duration patience = 60s;

class Waker final : public seam::Wake {
 public:
  void wake() noexcept override {
    {
      const std::scoped_lock lock(mutex_);
      ++wakes_;
    }
    changed_.notify_all();
  }
  unsigned wakes() const {
    const std::scoped_lock lock(mutex_);
    return wakes_;
  }
  // Ends the test program if there are no more wakes than `seen`: a lost wake-up must not look like
  // a slow test.
  void wait_for_more_than(unsigned seen) {
    std::unique_lock lock(mutex_);
    const bool woken = changed_.wait_for(lock, patience, [&] { return wakes_ > seen; });
    PRE_ASSERT(woken, "a wake-up follows would_block");
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  unsigned wakes_ = 0;
};

inline bool is_unfinished(seam::NetError error) { return error == seam::NetError::would_block; }
inline bool is_unfinished(seam::DiskError error) { return error == seam::DiskError::pending; }

// What an owner does: asks, and asks again after every wake, until there is an answer.
template <class Operation>
auto finish(Waker& waker, Operation&& operation) {
  for (;;) {
    const unsigned seen = waker.wakes();
    auto result = operation();
    if (result.has_value() || !is_unfinished(result.error())) return result;
    waker.wait_for_more_than(seen);
  }
}

inline Options quiet_options() {
  Options options;
  options.workers = 2;
  options.handle_signals = false;
  return options;
}

// A host with its data in a directory that goes away with it.
class World {
 public:
  World() : directory_(make_temporary_directory("preordain-test").value()) {
    Options options = quiet_options();
    options.data_directory = directory_;
    host_.emplace(std::move(options));
  }
  ~World() {
    host_.reset();
    (void)remove_tree(directory_);  // a leftover in /tmp fails nobody
  }
  Host& host() { return *host_; }
  seam::Environment& environment() { return host_->environment(); }
  seam::Network& network() { return environment().network; }
  seam::Storage& storage() { return environment().storage; }
  const std::string& directory() const { return directory_; }

 private:
  std::string directory_;
  std::optional<Host> host_;
};

}  // namespace pre::native::test
