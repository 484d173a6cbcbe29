// The storage seam of one life, over the disk of its node.
#pragma once

#include <preordain/seam/storage.hpp>

#include "disk/disk.hpp"

namespace pre::sim {

class Storage final : public seam::Storage {
 public:
  Storage(Life& life, Disk& disk) : life_(life), disk_(disk) {}
  seam::DiskResult<std::unique_ptr<seam::File>> open(std::string_view path,
                                                     seam::OpenMode mode) override;
  seam::DiskResult<std::vector<std::string>> list(std::string_view directory) override;
  seam::DiskResult<void> make_directory(std::string_view path) override;
  seam::DiskResult<void> rename(std::string_view from, std::string_view to) override;
  seam::DiskResult<void> remove(std::string_view path) override;
  std::unique_ptr<seam::Sync> sync_directory(std::string_view path, seam::Wake& wake) override;

 private:
  Life& life_;
  Disk& disk_;
};

}  // namespace pre::sim
