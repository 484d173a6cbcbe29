// The names on a disk, twice: as the operating system sees them, and as they would be found after a
// power loss. A name is only safe once its directory was synced, whatever became of its bytes.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <preordain/seam/storage.hpp>

#include "disk/inode.hpp"

namespace pre::sim {

class Names {
 public:
  struct Entry {
    // Shared with open files: a file outlives its name. nullptr: a directory.
    std::shared_ptr<Inode> file;
  };

  // nullptr if there is no such name. The root is "".
  const Entry* find(std::string_view path) const;
  bool is_directory(std::string_view path) const;
  std::vector<std::string> list(std::string_view directory) const;
  // f(path, entry) for all, in order.
  template <class F>
  void each(F&& f) const {
    for (const auto& [path, entry] : current_) f(path, entry);
  }
  // Preconditions: the parent is a directory and the name is free.
  void make(std::string_view path, Entry entry);
  seam::DiskResult<void> rename(std::string_view from, std::string_view to);
  seam::DiskResult<void> remove(std::string_view path);

  std::uint64_t mark() const noexcept { return settled_ + changes_.size(); }
  // The changes up to `mark` of names in this directory are safe now.
  void settle(std::string_view directory, std::uint64_t mark);
  // Each change that was not safe is lost or kept; then each file suffers for itself.
  void lose_power(Core& core, Scope& host);

 private:
  using Tree = std::map<std::string, Entry, std::less<>>;
  struct Change {
    std::string gone;  // "": nothing
    std::string made;  // "": nothing
    Entry entry;
    bool done = false;  // already safe, waits for its turn to be erased
  };
  static void apply(Tree& tree, const Change& change);
  void change(Change change);
  void forget_done();
  bool has_children(std::string_view path) const;

  Tree current_;
  Tree durable_;
  std::vector<Change> changes_;
  std::uint64_t settled_ = 0;
};

// The directory that a path is in; "" is the root.
std::string_view parent_of(std::string_view path);
// Relative, without empty parts, "." and "..".
bool is_path(std::string_view path);

}  // namespace pre::sim
