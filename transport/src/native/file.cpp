#include "native/file.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <limits>
#include <utility>

#include "native/disk_error.hpp"

namespace pre::native {
namespace {

// What off_t can say.
constexpr std::uint64_t offset_max = std::numeric_limits<off_t>::max();

auto failed() { return tl::make_unexpected(disk_error(errno)); }

bool fits(std::uint64_t offset, std::size_t size) {
  return offset <= offset_max && size <= offset_max - offset;
}

}  // namespace

seam::DiskError disk_error(int number) noexcept {
  switch (number) {
    case ENOENT:
    case ENOTDIR:
      return seam::DiskError::not_found;
    case EEXIST:
    case ENOTEMPTY:
      return seam::DiskError::exists;
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return seam::DiskError::no_space;
    case EBADF:  // opened for reading
    case EINVAL:
    case EISDIR:
    case ELOOP:
    case ENAMETOOLONG:
      return seam::DiskError::invalid;
    default:
      return seam::DiskError::io;
  }
}

seam::DiskResult<std::uint64_t> DiskFile::size() {
  struct stat status{};
  if (::fstat(descriptor_->number(), &status) != 0) return failed();
  return static_cast<std::uint64_t>(status.st_size);
}

seam::DiskResult<std::size_t> DiskFile::read(std::uint64_t offset, std::span<std::byte> into) {
  if (!fits(offset, into.size())) return 0;  // no file is that long
  std::size_t done = 0;
  while (done < into.size()) {
    const ssize_t got = ::pread(descriptor_->number(), into.data() + done, into.size() - done,
                                static_cast<off_t>(offset + done));
    if (got == 0) break;
    if (got > 0) {
      done += static_cast<std::size_t>(got);
    } else if (errno != EINTR) {
      return failed();
    }
  }
  return done;
}

seam::DiskResult<void> DiskFile::write(std::uint64_t offset, ByteView from) {
  if (!fits(offset, from.size())) return tl::make_unexpected(seam::DiskError::no_space);
  std::size_t done = 0;
  while (done < from.size()) {
    const ssize_t put = ::pwrite(descriptor_->number(), from.data() + done, from.size() - done,
                                 static_cast<off_t>(offset + done));
    if (put >= 0) {
      done += static_cast<std::size_t>(put);
    } else if (errno != EINTR) {
      return failed();
    }
  }
  return {};
}

seam::DiskResult<void> DiskFile::truncate(std::uint64_t size) {
  if (!fits(size, 0)) return tl::make_unexpected(seam::DiskError::no_space);
  if (::ftruncate(descriptor_->number(), static_cast<off_t>(size)) != 0) return failed();
  truncated_ = true;
  return {};
}

// POSIX lets fdatasync leave out a size that is not needed to read the data: after a cut, that is
// the very thing to be kept.
std::unique_ptr<seam::Sync> DiskFile::sync(seam::Wake& wake) {
  const bool everything = std::exchange(truncated_, false);
  return sync_thread_.sync(descriptor_, everything ? SyncDepth::everything : SyncDepth::data, wake);
}

}  // namespace pre::native
