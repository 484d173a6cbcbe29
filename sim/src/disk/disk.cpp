// Syncs take time, go on without their caller, and end with the power.
#include "disk/disk.hpp"

#include <utility>

namespace pre::sim {

Handle Disk::sync(Life& life, std::shared_ptr<Inode> file, std::string path, seam::Wake& wake) {
  const std::uint64_t mark = file->mark();
  return begin(life, std::move(file), std::move(path), mark, wake);
}

Handle Disk::sync_names(Life& life, std::string directory, seam::Wake& wake) {
  return begin(life, nullptr, std::move(directory), names_.mark(), wake);
}

Handle Disk::begin(Life& life, std::shared_ptr<Inode> file, std::string path, std::uint64_t mark,
                   seam::Wake& wake) {
  const Handle handle = syncs_.acquire();
  Progress& progress = *syncs_.find(handle);
  progress.life = &life;
  progress.waker.attach(life, wake);
  progress.file = std::move(file);
  progress.path = std::move(path);
  progress.mark = mark;
  const Duration takes =
      core_.choice.between(host_, Site::sync, core_.knobs.sync_min, core_.knobs.sync_max);
  life.write(Kind::syncing, 0, mark, progress.path);
  static_cast<void>(core_.plan_after(
      takes, *this, static_cast<std::uint64_t>(handle.generation) << 32 | handle.index));
  return handle;
}

void Disk::happen(std::uint64_t argument) {
  const Handle handle{static_cast<std::uint32_t>(argument),
                      static_cast<std::uint32_t>(argument >> 32)};
  Progress* progress = syncs_.find(handle);
  if (progress == nullptr) return;  // the power was lost
  if (progress->file != nullptr) {
    progress->file->settle(progress->mark);
  } else {
    names_.settle(progress->path, progress->mark);
  }
  progress->done = true;
  const Incarnation waiting = progress->life ? progress->life->incarnation : Incarnation{};
  core_.journal.write(
      {0, core_.now, host_.node(), waiting, Kind::synced, 0, progress->mark, progress->path, {}});
  if (progress->life == nullptr) return syncs_.release(handle);
  progress->waker.call();
}

void Disk::abandon(Handle handle) {
  Progress& progress = *syncs_.find(handle);
  if (progress.done) return syncs_.release(handle);
  progress.life = nullptr;
  progress.waker.detach();
}

void Disk::life_ended(const Life& life) {
  syncs_.each([&](Handle handle, Progress& progress) {
    if (progress.life == &life) abandon(handle);
  });
}

void Disk::lose_power() {
  syncs_.each([this](Handle handle, Progress&) { syncs_.release(handle); });
  names_.lose_power(core_, host_);
  std::uint64_t left = 0;
  names_.each([&left](const std::string& path, const Names::Entry& entry) {
    left = fold(left, hash_text(path));
    if (entry.file != nullptr) left = fold(left, hash_bytes(entry.file->bytes()));
  });
  core_.journal.write({0, core_.now, host_.node(), {}, Kind::disk_lost, 0, left, {}, {}});
}

}  // namespace pre::sim
