#include "native/sync_thread.hpp"

#include <pthread.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "native/disk_error.hpp"

namespace pre::native {
namespace {

class PendingSync final : public seam::Sync {
 public:
  explicit PendingSync(std::shared_ptr<SyncState> state) : state_(std::move(state)) {}
  ~PendingSync() override { state_->wire.cut(); }

  seam::DiskResult<void> result() override { return state_->result(); }

 private:
  std::shared_ptr<SyncState> state_;
};

seam::DiskResult<void> sync_now(Descriptor& file, SyncDepth depth) {
  if (file.spoiled) return tl::make_unexpected(seam::DiskError::io);
  const int failed = depth == SyncDepth::data ? ::fdatasync(file.number()) : ::fsync(file.number());
  if (failed == 0) return {};
  file.spoiled = true;
  return tl::make_unexpected(disk_error(errno));
}

}  // namespace

Descriptor::~Descriptor() { ::close(number_); }

void SyncState::finish(seam::DiskResult<void> result) {
  {
    const std::scoped_lock lock(mutex_);
    result_ = result;
  }
  wire.wake();
}

seam::DiskResult<void> SyncState::result() const {
  const std::scoped_lock lock(mutex_);
  return result_;
}

SyncThread::SyncThread()
    : thread_([this] {
        ::pthread_setname_np(::pthread_self(), "sync");
        main();
      }) {}

SyncThread::~SyncThread() { stop(); }

void SyncThread::stop() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
}

std::unique_ptr<seam::Sync> SyncThread::sync(std::shared_ptr<Descriptor> file, SyncDepth depth,
                                             seam::Wake& wake) {
  return submit({std::make_shared<SyncState>(wake), std::move(file), depth, {}});
}

std::unique_ptr<seam::Sync> SyncThread::fail(seam::DiskError why, seam::Wake& wake) {
  return submit({std::make_shared<SyncState>(wake), nullptr, SyncDepth::data, why});
}

std::unique_ptr<seam::Sync> SyncThread::submit(Job job) {
  auto pending = std::make_unique<PendingSync>(job.state);
  {
    const std::scoped_lock lock(mutex_);
    jobs_.push_back(std::move(job));
  }
  changed_.notify_one();
  return pending;
}

void SyncThread::main() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
    if (jobs_.empty()) return;
    std::vector<Job> jobs = std::exchange(jobs_, {});
    lock.unlock();
    work_off(jobs);
    jobs.clear();  // closes descriptors: not under the mutex
    lock.lock();
  }
}

void SyncThread::work_off(std::vector<Job>& jobs) {
  for (auto job = jobs.begin(); job != jobs.end(); ++job) {
    if (job->state == nullptr) continue;  // done along with an earlier one
    if (job->file == nullptr) {
      job->state->finish(tl::make_unexpected(job->failed));
      continue;
    }
    SyncDepth depth = SyncDepth::data;
    for (auto same = job; same != jobs.end(); ++same) {
      if (same->file == job->file) depth = std::max(depth, same->depth);
    }
    const auto result = sync_now(*job->file, depth);
    for (auto same = job; same != jobs.end(); ++same) {
      if (same->file != job->file || same->state == nullptr) continue;
      std::exchange(same->state, nullptr)->finish(result);
    }
  }
}

}  // namespace pre::native
