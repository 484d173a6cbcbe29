// One open file.
#pragma once

#include <memory>

#include <preordain/seam/storage.hpp>

#include "native/sync_thread.hpp"

namespace pre::native {

class DiskFile final : public seam::File {
 public:
  DiskFile(SyncThread& sync_thread, int descriptor)
      : sync_thread_(sync_thread), descriptor_(std::make_shared<Descriptor>(descriptor)) {}

  seam::DiskResult<std::uint64_t> size() override;
  seam::DiskResult<std::size_t> read(std::uint64_t offset, std::span<std::byte> into) override;
  seam::DiskResult<void> write(std::uint64_t offset, ByteView from) override;
  seam::DiskResult<void> truncate(std::uint64_t size) override;
  std::unique_ptr<seam::Sync> sync(seam::Wake& wake) override;

 private:
  SyncThread& sync_thread_;
  std::shared_ptr<Descriptor> descriptor_;
  bool truncated_ = false;  // since the last sync
};

}  // namespace pre::native
