// Checks of paths and modes, and the objects that a program holds.
#include "disk/storage.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace pre::sim {

namespace {

using seam::DiskError;
using seam::DiskResult;

auto no(DiskError why) { return tl::make_unexpected(why); }

// Images are kept in memory, holes included: a file ends well before the machine's memory does.
constexpr std::uint64_t file_size_max = std::uint64_t{1} << 30;

bool fits(std::uint64_t offset, std::size_t size) {
  return offset <= file_size_max && size <= file_size_max - offset;
}

class Sync final : public seam::Sync {
 public:
  Sync(Life& life, Disk& disk, Handle handle) : life_(life), disk_(disk), handle_(handle) {}
  ~Sync() override {
    if (life_.alive) disk_.abandon(handle_);
  }
  DiskResult<void> result() override {
    if (life_.refuses()) return no(DiskError::io);
    if (!disk_.done(handle_)) return no(DiskError::pending);
    return {};
  }

 private:
  Life& life_;
  Disk& disk_;
  const Handle handle_;
};

// A sync that was refused at once: of a dead program, or of what is not there.
class NoSync final : public seam::Sync {
 public:
  explicit NoSync(DiskError why) : why_(why) {}
  DiskResult<void> result() override { return no(why_); }

 private:
  const DiskError why_;
};

class File final : public seam::File {
 public:
  File(Life& life, Disk& disk, std::shared_ptr<Inode> file, std::string path, seam::OpenMode mode)
      : life_(life), disk_(disk), file_(std::move(file)), path_(std::move(path)), mode_(mode) {}

  DiskResult<std::uint64_t> size() override {
    if (life_.refuses()) return no(DiskError::io);
    return file_->bytes().size();
  }
  DiskResult<std::size_t> read(std::uint64_t offset, std::span<std::byte> into) override {
    if (life_.refuses()) return no(DiskError::io);
    const ByteView all = file_->bytes();
    if (offset >= all.size()) return std::size_t{0};
    const ByteView part = all.subspan(offset, std::min(into.size(), all.size() - offset));
    std::copy(part.begin(), part.end(), into.begin());
    return part.size();
  }
  DiskResult<void> write(std::uint64_t offset, ByteView from) override {
    if (life_.refuses()) return no(DiskError::io);
    if (mode_ == seam::OpenMode::read) return no(DiskError::invalid);
    if (!fits(offset, from.size())) return no(DiskError::no_space);
    if (from.empty()) return {};  // nothing written, nothing grown, wherever it is
    file_->write(offset, from);
    life_.write(Kind::written, 0, fold(hash_bytes(from), offset), path_);
    return {};
  }
  DiskResult<void> truncate(std::uint64_t size) override {
    if (life_.refuses()) return no(DiskError::io);
    if (mode_ == seam::OpenMode::read) return no(DiskError::invalid);
    if (!fits(size, 0)) return no(DiskError::no_space);
    file_->truncate(size);
    life_.write(Kind::truncated, 0, size, path_);
    return {};
  }
  std::unique_ptr<seam::Sync> sync(seam::Wake& wake) override {
    if (life_.refuses()) return std::make_unique<NoSync>(DiskError::io);
    return std::make_unique<Sync>(life_, disk_, disk_.sync(life_, file_, path_, wake));
  }

 private:
  Life& life_;
  Disk& disk_;
  const std::shared_ptr<Inode> file_;
  const std::string path_;
  const seam::OpenMode mode_;
};

// Directories may be named "" or ".": the root.
std::optional<std::string_view> directory(std::string_view path) {
  if (path.empty() || path == ".") return std::string_view{};
  if (!is_path(path)) return std::nullopt;
  return path;
}

}  // namespace

DiskResult<std::unique_ptr<seam::File>> Storage::open(std::string_view path, seam::OpenMode mode) {
  if (life_.refuses()) return no(DiskError::io);
  if (!is_path(path)) return no(DiskError::invalid);
  const Names::Entry* entry = disk_.names().find(path);
  if (entry == nullptr) {
    if (mode != seam::OpenMode::create) return no(DiskError::not_found);
    if (!disk_.names().is_directory(parent_of(path))) return no(DiskError::not_found);
    disk_.names().make(path, {std::make_shared<Inode>()});
    life_.write(Kind::named, 0, 0, path, "created");
    entry = disk_.names().find(path);
  }
  if (entry->file == nullptr) return no(DiskError::invalid);  // a directory
  return std::make_unique<File>(life_, disk_, entry->file, std::string(path), mode);
}

DiskResult<std::vector<std::string>> Storage::list(std::string_view path) {
  if (life_.refuses()) return no(DiskError::io);
  const std::optional<std::string_view> where = directory(path);
  if (!where) return no(DiskError::invalid);
  if (!disk_.names().is_directory(*where)) return no(DiskError::not_found);
  return disk_.names().list(*where);
}

DiskResult<void> Storage::make_directory(std::string_view path) {
  if (life_.refuses()) return no(DiskError::io);
  if (!is_path(path)) return no(DiskError::invalid);
  if (disk_.names().find(path) != nullptr) return no(DiskError::exists);
  if (!disk_.names().is_directory(parent_of(path))) return no(DiskError::not_found);
  disk_.names().make(path, {nullptr});
  life_.write(Kind::named, 0, 1, path, "directory");
  return {};
}

DiskResult<void> Storage::rename(std::string_view from, std::string_view to) {
  if (life_.refuses()) return no(DiskError::io);
  if (!is_path(from) || !is_path(to)) return no(DiskError::invalid);
  DiskResult<void> result = disk_.names().rename(from, to);
  if (result) life_.write(Kind::named, 0, hash_text(to), from, "renamed");
  return result;
}

DiskResult<void> Storage::remove(std::string_view path) {
  if (life_.refuses()) return no(DiskError::io);
  if (!is_path(path)) return no(DiskError::invalid);
  DiskResult<void> result = disk_.names().remove(path);
  if (result) life_.write(Kind::named, 0, 2, path, "removed");
  return result;
}

std::unique_ptr<seam::Sync> Storage::sync_directory(std::string_view path, seam::Wake& wake) {
  if (life_.refuses()) return std::make_unique<NoSync>(DiskError::io);
  const std::optional<std::string_view> where = directory(path);
  if (!where) return std::make_unique<NoSync>(DiskError::invalid);
  if (!disk_.names().is_directory(*where)) return std::make_unique<NoSync>(DiskError::not_found);
  return std::make_unique<Sync>(life_, disk_, disk_.sync_names(life_, std::string(*where), wake));
}

}  // namespace pre::sim
