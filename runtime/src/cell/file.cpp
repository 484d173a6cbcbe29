#include <preordain/runtime/file.hpp>

#include <preordain/runtime/system.hpp>
#include <preordain/runtime/wake_signal.hpp>

namespace pre {

namespace {
Result<void> verdict(const seam::DiskResult<void>& result) {
  if (result) return {};
  return Error(Errc::storage_failed, std::string("sync: ") + seam::name_of(result.error()));
}
bool pending(seam::Sync& sync, seam::DiskResult<void>& result) {
  result = sync.result();
  return !result && result.error() == seam::DiskError::pending;
}
}  // namespace

Task<Result<void>> synced(const ActorBase& actor, seam::File& file) {
  WakeSignal woken(actor);
  const auto sync = file.sync(woken);
  seam::DiskResult<void> result;
  while (pending(*sync, result)) {
    co_await woken.wait();
  }
  co_return verdict(result);
}

Task<Result<void>> synced_directory(const ActorBase& actor, std::string path) {
  WakeSignal woken(actor);
  const auto sync = actor.system().environment().storage.sync_directory(path, woken);
  seam::DiskResult<void> result;
  while (pending(*sync, result)) {
    co_await woken.wait();
  }
  co_return verdict(result);
}

}  // namespace pre
