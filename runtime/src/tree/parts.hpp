// What a System is made of: the guardians, the directory of paths, and the list of all cells.
#pragma once

#include <atomic>
#include <map>
#include <string>

#include <preordain/base/spin_lock.hpp>
#include <preordain/runtime/system.hpp>
#include <preordain/seam/clock.hpp>
#include <preordain/seam/process.hpp>
#include <preordain/seam/trace.hpp>

#include "cell/cell.hpp"

namespace pre {

// Paths to live actors. Many slots read it, so it has a lock; it is never held across other code.
class Directory {
 public:
  // false: the path is taken.
  bool insert(const std::string& path, const TargetPtr& cell);
  // Only if it is still this cell that lives there.
  void erase(const std::string& path, const Target& cell);
  TargetPtr find(std::string_view path) const;
  void clear();
  // In the order of paths; only while no turn runs, so without the lock.
  template <class F>
  void each(F&& see) const {
    for (const auto& [path, cell] : cells_) see(cell);
  }

 private:
  mutable SpinLock lock_;
  std::map<std::string, TargetPtr, std::less<>> cells_;
};

class SystemParts {
 public:
  SystemParts(System& owner, seam::Environment& environment);
  ~SystemParts();

  System& owner;
  seam::Environment& environment;
  seam::Memory& memory;
  Directory directory;
  std::atomic<std::uint64_t> dead_letters{0};
  std::atomic<bool> stopping{false};
  std::atomic<bool> stopped{false};
  std::atomic<seam::Wake*> then_wake{nullptr};
  // Freed before the cells: extensions hold refs and timers of their own.
  std::vector<std::unique_ptr<Extension>> extensions;
  SpinLock extensions_lock;

  // Makes a cell below `parent`. From the parent's slot (`inside`), or from anywhere. Failure: the
  // name is invalid or taken, or the system is stopping.
  enum class From { inside, outside };
  TargetPtr make(const TargetPtr& parent, SpawnRequest request, From from);
  TargetPtr user() const noexcept { return user_; }
  TargetPtr internal() const noexcept { return system_; }
  void stop() noexcept;
  void root_stopped() noexcept;

  void enlist(Cell& cell) noexcept;
  void delist(Cell& cell) noexcept;

 private:
  TargetPtr guardian(const TargetPtr& parent, std::string path);
  std::string unused_name();
  ActorUid new_uid() noexcept;

  SpinLock all_lock_;
  Cell* all_ = nullptr;
  std::atomic<std::uint64_t> uids_{0};
  std::atomic<std::uint64_t> names_{0};
  TargetPtr root_, user_, system_;
};

}  // namespace pre
