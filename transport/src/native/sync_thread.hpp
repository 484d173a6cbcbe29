// The thread that waits for the disk. A sync takes from 0.1 to 100 ms, far too long for a worker.
//
// One fsync serves all syncs of the same file that were asked for before it began (group commit).
#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include <preordain/seam/storage.hpp>

#include "native/wake_wire.hpp"

namespace pre::native {

// An open descriptor, shared by a File and its syncs under way, closed by the last.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor();
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int number() const noexcept { return number_; }

  // Sync thread only. After one failed sync the kernel may have dropped the pages and would report
  // success the next time: so no later sync of this descriptor may succeed.
  bool spoiled = false;

 private:
  const int number_;
};

// Shared by a seam::Sync and the sync thread.
class SyncState {
 public:
  explicit SyncState(seam::Wake& wake) : wire(wake) {}

  void finish(seam::DiskResult<void> result);
  seam::DiskResult<void> result() const;

  WakeWire wire;

 private:
  mutable std::mutex mutex_;
  seam::DiskResult<void> result_ = tl::make_unexpected(seam::DiskError::pending);
};

enum class SyncDepth : std::uint8_t {
  data,        // the bytes, and what is needed to read them (fdatasync)
  everything,  // also the rest of the file's description (fsync)
};

class SyncThread {
 public:
  SyncThread();
  ~SyncThread();
  // Does what was asked for, then ends: what is asked for later stays pending. Joins.
  void stop();

  std::unique_ptr<seam::Sync> sync(std::shared_ptr<Descriptor> file, SyncDepth depth,
                                   seam::Wake& wake);
  // A sync that cannot even begin; it fails on the sync thread like any other.
  std::unique_ptr<seam::Sync> fail(seam::DiskError why, seam::Wake& wake);

 private:
  struct Job {
    std::shared_ptr<SyncState> state;
    std::shared_ptr<Descriptor> file;  // null: it failed already
    SyncDepth depth = SyncDepth::data;
    seam::DiskError failed = seam::DiskError::pending;
  };

  std::unique_ptr<seam::Sync> submit(Job job);
  void main();
  static void work_off(std::vector<Job>& jobs);

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Job> jobs_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace pre::native
