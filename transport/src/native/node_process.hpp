// seam::Process: what this node was told, and the one request it may get, to stop.
#pragma once

#include <atomic>
#include <map>
#include <mutex>
#include <string>

#include <preordain/native/latch.hpp>
#include <preordain/seam/process.hpp>

namespace pre::native {

class NodeProcess final : public seam::Process {
 public:
  using Settings = std::map<std::string, std::string, std::less<>>;

  NodeProcess(std::string node_name, Settings settings);

  std::string_view node_name() const noexcept override { return node_name_; }
  Incarnation incarnation() const noexcept override { return incarnation_; }
  std::optional<std::string> setting(std::string_view key) const override;
  bool stop_requested() const noexcept override { return stop_.is_set(); }
  // A stop that was requested before is not missed: then `wake` is called in here.
  void watch_stop(seam::Wake* wake) noexcept override;

  void request_stop() noexcept;
  const Latch& stop() const noexcept { return stop_; }

 private:
  const std::string node_name_;
  const Settings settings_;
  const Incarnation incarnation_;
  Latch stop_;
  std::mutex mutex_;
  seam::Wake* watcher_ = nullptr;  // under the mutex, and woken under it: see watch_stop(nullptr)
};

}  // namespace pre::native
