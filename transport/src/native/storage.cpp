#include "native/storage.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include <preordain/native/files.hpp>

#include "native/disk_error.hpp"
#include "native/file.hpp"

namespace pre::native {
namespace {

constexpr mode_t file_mode = 0644;
constexpr mode_t directory_mode = 0755;

auto failed() { return tl::make_unexpected(disk_error(errno)); }

// Relative, with '/' between names, and never up: what is opened stays below the root. (A symbolic
// link that a user put there is the user's wish.)
bool is_inside(std::string_view path) {
  if (path.empty() || path.find('\0') != std::string_view::npos) return false;
  for (;;) {
    const std::size_t slash = path.find('/');
    const std::string_view name = path.substr(0, slash);
    if (name.empty() || name == "." || name == "..") return false;
    if (slash == std::string_view::npos) return true;
    path.remove_prefix(slash + 1);
  }
}

auto outside() { return tl::make_unexpected(seam::DiskError::invalid); }

}  // namespace

Result<std::unique_ptr<DirectoryStorage>> DirectoryStorage::open_at(const std::string& directory) {
  if (Result<void> made = make_directories(directory); !made) return std::move(made).error();
  const int root = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (root < 0) {
    return Error(Errc::storage_failed,
                 "the data directory '" + directory + "': " + std::strerror(errno));
  }
  return std::unique_ptr<DirectoryStorage>(new DirectoryStorage(root));
}

seam::DiskResult<std::unique_ptr<seam::File>> DirectoryStorage::open(std::string_view path,
                                                                     seam::OpenMode mode) {
  if (!is_inside(path)) return outside();
  int flags = O_CLOEXEC | (mode == seam::OpenMode::read ? O_RDONLY : O_RDWR);
  if (mode == seam::OpenMode::create) flags |= O_CREAT;
  const int number = ::openat(root_.number(), std::string(path).c_str(), flags, file_mode);
  if (number < 0) return failed();
  auto file = std::make_unique<DiskFile>(sync_thread_, number);
  struct stat status{};
  if (::fstat(number, &status) != 0) return failed();
  if (!S_ISREG(status.st_mode)) return tl::make_unexpected(seam::DiskError::invalid);
  return file;
}

seam::DiskResult<int> DirectoryStorage::open_directory(std::string_view path) {
  const bool root = path.empty() || path == ".";
  if (!root && !is_inside(path)) return outside();
  const int number = ::openat(root_.number(), root ? "." : std::string(path).c_str(),
                              O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (number < 0) return failed();
  return number;
}

seam::DiskResult<std::vector<std::string>> DirectoryStorage::list(std::string_view directory) {
  const auto opened = open_directory(directory);
  if (!opened) return tl::make_unexpected(opened.error());
  const std::unique_ptr<DIR, decltype([](DIR* stream) { ::closedir(stream); })> stream(
      ::fdopendir(*opened));
  if (stream == nullptr) {
    ::close(*opened);
    return tl::make_unexpected(seam::DiskError::io);
  }
  std::vector<std::string> names;
  errno = 0;
  while (const dirent* const entry = ::readdir(stream.get())) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
  }
  if (errno != 0) return failed();
  std::ranges::sort(names);
  return names;
}

seam::DiskResult<void> DirectoryStorage::make_directory(std::string_view path) {
  if (!is_inside(path)) return outside();
  const std::string name(path);
  if (::mkdirat(root_.number(), name.c_str(), directory_mode) != 0) return failed();
  return {};
}

seam::DiskResult<void> DirectoryStorage::rename(std::string_view from, std::string_view to) {
  if (!is_inside(from)) return outside();
  if (!is_inside(to)) return outside();
  const std::string old_name(from);
  const std::string new_name(to);
  if (::renameat(root_.number(), old_name.c_str(), root_.number(), new_name.c_str()) != 0) {
    return failed();
  }
  return {};
}

seam::DiskResult<void> DirectoryStorage::remove(std::string_view path) {
  if (!is_inside(path)) return outside();
  const std::string name(path);
  if (::unlinkat(root_.number(), name.c_str(), 0) == 0) return {};
  if (errno != EISDIR) return failed();
  if (::unlinkat(root_.number(), name.c_str(), AT_REMOVEDIR) == 0) return {};
  return failed();
}

std::unique_ptr<seam::Sync> DirectoryStorage::sync_directory(std::string_view path,
                                                             seam::Wake& wake) {
  const auto opened = open_directory(path);
  if (!opened) return sync_thread_.fail(opened.error(), wake);
  return sync_thread_.sync(std::make_shared<Descriptor>(*opened), SyncDepth::everything, wake);
}

}  // namespace pre::native
