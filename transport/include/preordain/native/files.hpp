// Whole files and directories for the command line, reports and tests. A node's own files are the
// business of seam::Storage.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <preordain/base/result.hpp>

namespace pre::native {

// All errors are storage_failed with the path and the system's reason in the text.
Result<std::string> read_file(const std::string& path);
// Replaces the file in one step: a reader sees the old text or the new one, never a part.
Result<void> write_file(const std::string& path, std::string_view text);
bool file_exists(const std::string& path) noexcept;
Result<void> make_directories(const std::string& path);
// Names in ascending order.
Result<std::vector<std::string>> list_directory(const std::string& path);
// A new, empty directory in the system's place for such things; the caller removes it.
Result<std::string> make_temporary_directory(const std::string& prefix);
// Removes the directory or file and everything below. Nothing there is success.
Result<void> remove_tree(const std::string& path);

}  // namespace pre::native
