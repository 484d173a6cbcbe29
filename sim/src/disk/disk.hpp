// One node's disk, which outlives the node's lives. A crash leaves the page cache; a power loss
// leaves what was synced and, by keyed decisions, some of the rest.
#pragma once

#include <memory>
#include <string>

#include <preordain/seam/storage.hpp>

#include "disk/names.hpp"
#include "life.hpp"
#include "slots.hpp"

namespace pre::sim {

class Disk final : private Happening {
 public:
  Disk(Core& core, Scope& host) : core_(core), host_(host) {}
  Names& names() noexcept { return names_; }

  // Syncs in progress, of a file or of a directory's names.
  Handle sync(Life& life, std::shared_ptr<Inode> file, std::string path, seam::Wake& wake);
  Handle sync_names(Life& life, std::string directory, seam::Wake& wake);
  bool done(Handle sync) { return syncs_.find(sync)->done; }
  // Nobody waits any more; the sync itself goes on.
  void abandon(Handle sync);

  void life_ended(const Life& life);
  void lose_power();

 private:
  struct Progress {
    Life* life = nullptr;  // who waits, if anybody
    Waker waker;
    std::shared_ptr<Inode> file;  // nullptr: the names of the directory `path`
    std::string path;
    std::uint64_t mark = 0;
    bool done = false;
    void recycle() {
      waker.detach();
      *this = Progress{};
    }
  };
  Handle begin(Life& life, std::shared_ptr<Inode> file, std::string path, std::uint64_t mark,
               seam::Wake& wake);
  void happen(std::uint64_t argument) override;

  Core& core_;
  Scope& host_;
  Names names_;
  Slots<Progress> syncs_;
};

}  // namespace pre::sim
