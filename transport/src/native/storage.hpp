// seam::Storage in one directory of the real file system.
#pragma once

#include <preordain/base/result.hpp>
#include <preordain/seam/storage.hpp>

#include "native/sync_thread.hpp"

namespace pre::native {

class DirectoryStorage final : public seam::Storage {
 public:
  // storage_failed if the directory can neither be opened nor made.
  static Result<std::unique_ptr<DirectoryStorage>> open_at(const std::string& directory);

  seam::DiskResult<std::unique_ptr<seam::File>> open(std::string_view path,
                                                     seam::OpenMode mode) override;
  seam::DiskResult<std::vector<std::string>> list(std::string_view directory) override;
  seam::DiskResult<void> make_directory(std::string_view path) override;
  seam::DiskResult<void> rename(std::string_view from, std::string_view to) override;
  seam::DiskResult<void> remove(std::string_view path) override;
  std::unique_ptr<seam::Sync> sync_directory(std::string_view path, seam::Wake& wake) override;
  // No sync wakes anybody any more.
  void stop() { sync_thread_.stop(); }

 private:
  explicit DirectoryStorage(int root) : root_(root) {}
  // "" and "." are the root itself.
  seam::DiskResult<int> open_directory(std::string_view path);

  Descriptor root_;
  SyncThread sync_thread_;
};

}  // namespace pre::native
