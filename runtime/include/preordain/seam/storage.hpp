// Files of one node. Reads and writes act on the operating system's view at once; only sync() makes
// them survive a power loss. A simulated power loss drops or tears what was not synced.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include <preordain/base/bytes.hpp>
#include <preordain/seam/wake.hpp>

namespace pre::seam {

enum class DiskError : std::uint8_t {
  pending = 1,  // the sync is not done yet
  not_found,
  exists,
  no_space,
  io,       // the device refused; what was written since the last good sync may be lost
  invalid,  // a path that leaves the node's directory
};
const char* name_of(DiskError error) noexcept;

template <class T>
using DiskResult = tl::expected<T, DiskError>;

// A sync in progress. Destroying it gives up waiting, not the sync.
class Sync {
 public:
  virtual ~Sync() = default;
  // `pending` until done.
  virtual DiskResult<void> result() = 0;
};

enum class OpenMode : std::uint8_t { read, write, create };  // create: write, made if missing

// One owner, one thread at a time.
class File {
 public:
  virtual ~File() = default;
  virtual DiskResult<std::uint64_t> size() = 0;
  // Bytes read; fewer than asked for only at the end of the file.
  virtual DiskResult<std::size_t> read(std::uint64_t offset, std::span<std::byte> into) = 0;
  // All bytes or an error; the file grows as needed.
  virtual DiskResult<void> write(std::uint64_t offset, ByteView from) = 0;
  virtual DiskResult<void> truncate(std::uint64_t size) = 0;
  // Everything written before this call survives a power loss once result() is success.
  // The name of a new file survives after sync of its directory (Storage::sync_directory).
  virtual std::unique_ptr<Sync> sync(Wake& wake) = 0;
};

// Paths are relative to the node's own directory, with '/' and without ".."; "" and "." name that
// directory itself, for list and sync_directory only.
class Storage {
 public:
  virtual DiskResult<std::unique_ptr<File>> open(std::string_view path, OpenMode mode) = 0;
  // Names in ascending order.
  virtual DiskResult<std::vector<std::string>> list(std::string_view directory) = 0;
  virtual DiskResult<void> make_directory(std::string_view path) = 0;
  virtual DiskResult<void> rename(std::string_view from, std::string_view to) = 0;
  virtual DiskResult<void> remove(std::string_view path) = 0;
  virtual std::unique_ptr<Sync> sync_directory(std::string_view path, Wake& wake) = 0;

 protected:
  ~Storage() = default;
};

}  // namespace pre::seam
