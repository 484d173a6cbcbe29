// Both trees of names, and the changes that separate them.
#include "disk/names.hpp"

#include <algorithm>
#include <utility>

#include <preordain/base/assert.hpp>

namespace pre::sim {

std::string_view parent_of(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
}

bool is_path(std::string_view path) {
  constexpr std::size_t name_bytes_max = 255;  // what real file systems take
  if (path.find('\0') != std::string_view::npos) return false;
  for (;;) {
    const auto slash = path.find('/');
    const std::string_view part = path.substr(0, slash);
    if (part.empty() || part == "." || part == "..") return false;
    if (part.size() > name_bytes_max) return false;
    if (slash == std::string_view::npos) return true;
    path.remove_prefix(slash + 1);
  }
}

const Names::Entry* Names::find(std::string_view path) const {
  const auto found = current_.find(path);
  return found == current_.end() ? nullptr : &found->second;
}

bool Names::is_directory(std::string_view path) const {
  if (path.empty()) return true;
  const Entry* entry = find(path);
  return entry != nullptr && entry->file == nullptr;
}

std::vector<std::string> Names::list(std::string_view directory) const {
  const std::string prefix = directory.empty() ? "" : std::string(directory) + "/";
  std::vector<std::string> names;
  for (auto at = current_.lower_bound(prefix); at != current_.end(); ++at) {
    const std::string_view path = at->first;
    if (!path.starts_with(prefix)) break;
    const std::string_view rest = path.substr(prefix.size());
    if (rest.find('/') == std::string_view::npos) names.emplace_back(rest);
  }
  return names;  // in order, for all have the same prefix
}

void Names::make(std::string_view path, Entry entry) {
  PRE_ASSERT(is_directory(parent_of(path)), "a name is in a directory");
  PRE_ASSERT(find(path) == nullptr, "a new name is free");
  change({"", std::string(path), std::move(entry), false});
}

bool Names::has_children(std::string_view path) const {
  const std::string prefix = std::string(path) + "/";
  const auto at = current_.lower_bound(prefix);
  return at != current_.end() && at->first.starts_with(prefix);
}

seam::DiskResult<void> Names::rename(std::string_view from, std::string_view to) {
  const Entry* source = find(from);
  if (source == nullptr) return tl::make_unexpected(seam::DiskError::not_found);
  if (!is_directory(parent_of(to))) return tl::make_unexpected(seam::DiskError::not_found);
  if (from == to) return {};
  if (to.starts_with(std::string(from) + "/")) {
    return tl::make_unexpected(seam::DiskError::invalid);  // into itself
  }
  const Entry* target = find(to);
  if (target != nullptr && (target->file == nullptr || source->file == nullptr)) {
    return tl::make_unexpected(seam::DiskError::exists);  // only a file replaces a file
  }
  // What is below a directory moves along: one change each.
  const std::string prefix = std::string(from) + "/";
  std::vector<Change> moves{{std::string(from), std::string(to), *source, false}};
  for (auto at = current_.lower_bound(prefix); at != current_.end(); ++at) {
    if (!at->first.starts_with(prefix)) break;
    const std::string rest = at->first.substr(from.size());
    moves.push_back({at->first, std::string(to) + rest, at->second, false});
  }
  for (Change& move : moves) change(std::move(move));
  return {};
}

seam::DiskResult<void> Names::remove(std::string_view path) {
  if (find(path) == nullptr) return tl::make_unexpected(seam::DiskError::not_found);
  if (has_children(path)) return tl::make_unexpected(seam::DiskError::exists);
  change({std::string(path), "", {}, false});
  return {};
}

void Names::change(Change change) {
  apply(current_, change);
  changes_.push_back(std::move(change));
}

void Names::apply(Tree& tree, const Change& change) {
  if (!change.gone.empty()) tree.erase(change.gone);
  if (!change.made.empty()) tree.insert_or_assign(change.made, change.entry);
}

void Names::settle(std::string_view directory, std::uint64_t mark) {
  const std::size_t count = mark > settled_ ? static_cast<std::size_t>(mark - settled_) : 0;
  for (std::size_t i = 0; i < count; ++i) {
    Change& one = changes_[i];
    const bool here = (!one.gone.empty() && parent_of(one.gone) == directory) ||
                      (!one.made.empty() && parent_of(one.made) == directory);
    if (one.done || !here) continue;
    apply(durable_, one);
    one.done = true;
  }
  forget_done();
}

void Names::forget_done() {
  const auto first =
      std::find_if(changes_.begin(), changes_.end(), [](const Change& one) { return !one.done; });
  settled_ += static_cast<std::uint64_t>(first - changes_.begin());
  changes_.erase(changes_.begin(), first);
}

void Names::lose_power(Core& core, Scope& host) {
  for (const Change& one : changes_) {
    if (one.done) continue;
    if (core.choice.fires(host, Site::name_kept, core.knobs.unsynced_name_kept)) {
      apply(durable_, one);
    }
  }
  settled_ = mark();
  changes_.clear();
  current_.clear();
  // Parents come before their children in the order of the tree; what hangs in the air is lost.
  for (auto at = durable_.begin(); at != durable_.end();) {
    const bool reachable = is_directory(parent_of(at->first));
    if (reachable) current_.insert(*at);
    at = reachable ? std::next(at) : durable_.erase(at);
  }
  for (auto& [path, entry] : current_) {
    if (entry.file != nullptr) entry.file->lose_power(core, host);
  }
}

}  // namespace pre::sim
