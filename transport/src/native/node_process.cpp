#include "native/node_process.hpp"

#include <preordain/base/assert.hpp>
#include <preordain/native/machine.hpp>

namespace pre::native {
namespace {

// 0 means "none".
Incarnation draw_incarnation() {
  std::uint64_t drawn = 0;
  while (drawn == 0) drawn = entropy();
  return Incarnation{drawn};
}

}  // namespace

NodeProcess::NodeProcess(std::string node_name, Settings settings)
    : node_name_(std::move(node_name)),
      settings_(std::move(settings)),
      incarnation_(draw_incarnation()) {}

std::optional<std::string> NodeProcess::setting(std::string_view key) const {
  if (const auto found = settings_.find(key); found != settings_.end()) return found->second;
  return environment_variable(std::string(key));
}

void NodeProcess::watch_stop(seam::Wake* wake) noexcept {
  const std::scoped_lock lock(mutex_);
  const bool free = wake == nullptr || watcher_ == nullptr || watcher_ == wake;
  PRE_ASSERT(free, "one watcher of the stop at a time");
  watcher_ = wake;
  if (wake != nullptr && stop_.is_set()) wake->wake();
}

void NodeProcess::request_stop() noexcept {
  const std::scoped_lock lock(mutex_);
  if (stop_.is_set()) return;
  stop_.set();
  if (watcher_ != nullptr) watcher_->wake();
}

}  // namespace pre::native
