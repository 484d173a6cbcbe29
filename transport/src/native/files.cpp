#include <preordain/native/files.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>
#include <system_error>

namespace pre::native {
namespace {

namespace fs = std::filesystem;

using OpenFile = std::unique_ptr<std::FILE, decltype([](std::FILE* file) { std::fclose(file); })>;

Error failed(std::string_view what, const std::string& path, const std::string& reason) {
  return Error(Errc::storage_failed, std::string(what) + " '" + path + "': " + reason);
}

Error failed(std::string_view what, const std::string& path) {
  return failed(what, path, std::strerror(errno));
}

}  // namespace

Result<std::string> read_file(const std::string& path) {
  const OpenFile file(std::fopen(path.c_str(), "rbe"));
  if (file == nullptr) return failed("read", path);
  std::string text;
  constexpr std::size_t piece = 64 * 1024;
  for (;;) {
    const std::size_t before = text.size();
    text.resize(before + piece);
    const std::size_t got = std::fread(text.data() + before, 1, piece, file.get());
    text.resize(before + got);
    if (got < piece) break;
  }
  if (std::ferror(file.get()) != 0) return failed("read", path);
  return text;
}

Result<void> write_file(const std::string& path, std::string_view text) {
  const std::string draft = path + ".new";
  OpenFile file(std::fopen(draft.c_str(), "wbe"));
  if (file == nullptr) return failed("write", path);
  const bool written = std::fwrite(text.data(), 1, text.size(), file.get()) == text.size();
  const bool flushed = std::fflush(file.get()) == 0;
  if (!written || !flushed) {
    Error error = failed("write", path);
    std::remove(draft.c_str());
    return error;
  }
  file.reset();
  if (std::rename(draft.c_str(), path.c_str()) != 0) return failed("write", path);
  return {};
}

bool file_exists(const std::string& path) noexcept { return ::access(path.c_str(), F_OK) == 0; }

Result<void> make_directories(const std::string& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) return failed("make directory", path, error.message());
  return {};
}

Result<std::vector<std::string>> list_directory(const std::string& path) {
  std::error_code error;
  std::vector<std::string> names;
  fs::directory_iterator entry(path, error);
  while (!error && entry != fs::directory_iterator()) {
    names.push_back(entry->path().filename().string());
    entry.increment(error);
  }
  if (error) return failed("list", path, error.message());
  std::ranges::sort(names);
  return names;
}

Result<std::string> make_temporary_directory(const std::string& prefix) {
  std::error_code error;
  const fs::path place = fs::temp_directory_path(error);
  if (error) return failed("temporary directory", prefix, error.message());
  std::string path = (place / (prefix + "-XXXXXX")).string();
  if (::mkdtemp(path.data()) == nullptr) return failed("temporary directory", path);
  return path;
}

Result<void> remove_tree(const std::string& path) {
  std::error_code error;
  fs::remove_all(path, error);
  if (error) return failed("remove", path, error.message());
  return {};
}

}  // namespace pre::native
