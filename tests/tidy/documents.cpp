// Markdown: one title a page, and no link to a file that is not there; nor a path in backticks.
#include <cctype>

#include "rules.hpp"

namespace tidy {
namespace {

// The lines outside fenced code; inside they are empty.
std::vector<std::string> prose_of(const File& file) {
  std::vector<std::string> lines;
  bool fenced = false;
  for (const std::string& line : file.lines) {
    const bool fence = trim(line).starts_with("```");
    lines.push_back(fenced || fence ? std::string() : line);
    if (fence) fenced = !fenced;
  }
  return lines;
}

// "docs/guide/" + "../STYLE.md#errors" -> "docs/STYLE.md"
std::string resolve(const std::string& folder, std::string target) {
  target = target.substr(0, target.find('#'));
  std::vector<std::string> parts = split(folder, '/');
  parts.pop_back();
  for (const std::string& part : split(target, '/')) {
    if (part == "..") {
      if (parts.empty()) return "..";
      parts.pop_back();
    } else if (!part.empty() && part != ".") {
      parts.push_back(part);
    }
  }
  std::string path;
  for (const std::string& part : parts) path += (path.empty() ? "" : "/") + part;
  return path;
}

bool is_elsewhere(const std::string& target) {
  return target.find("://") != std::string::npos || target.starts_with("mailto:") ||
         target.starts_with('#');
}

// One of the kinds of file that the tree holds.
bool is_kept_in_tree(const std::string& path) {
  for (const char* suffix : {".md", ".hpp", ".cpp", ".txt", ".cmake", ".proto"}) {
    if (path.ends_with(suffix)) return true;
  }
  return false;
}

// A file of the tree, a folder that holds some, or one that the tree does not read (an image).
bool is_there(const Tree& tree, const std::string& path) {
  if (path.empty() || tree.contains(path)) return true;
  const auto after = tree.lower_bound(path + "/");
  if (after != tree.end() && after->first.starts_with(path + "/")) return true;
  const std::string name = path.substr(path.rfind('/') + 1);
  if (is_kept_in_tree(name)) return false;
  return name.find('.') != std::string::npos || name == "dev" || name == "LICENSE";
}

void look_at_links(const Tree& tree, const File& file, std::size_t line, const std::string& text,
                   Findings& findings) {
  const std::string folder = file.path.substr(0, file.path.rfind('/') + 1);
  for (auto at = text.find("]("); at != std::string::npos; at = text.find("](", at + 1)) {
    const auto end = text.find(')', at);
    if (end == std::string::npos) return;
    const std::string target = text.substr(at + 2, end - at - 2);
    if (is_elsewhere(target) || is_there(tree, resolve(folder, target))) continue;
    findings.push_back({file.path, line, "link", "there is no " + target});
  }
}

// `src/core.hpp`: seen from the page's folder or from the root. Patterns with * or < are no paths.
void look_at_paths(const Tree& tree, const File& file, std::size_t line, const std::string& text,
                   Findings& findings) {
  const std::string folder = file.path.substr(0, file.path.rfind('/') + 1);
  const std::vector<std::string> parts = split(text, '`');
  for (std::size_t i = 1; i < parts.size(); i += 2) {
    const std::string& path = parts[i];
    const bool pattern = path.find_first_of(" *<:") != std::string::npos;
    if (path.find('/') == std::string::npos || pattern || !is_kept_in_tree(path)) continue;
    if (is_there(tree, resolve(folder, path)) || is_there(tree, resolve("/", path))) continue;
    findings.push_back({file.path, line, "path", "there is no " + path});
  }
}

}  // namespace

Findings check_documents(const Tree& tree) {
  Findings findings;
  for (const auto& [path, file] : tree) {
    if (!file.ends_with(".md")) continue;
    const std::vector<std::string> prose = prose_of(file);
    std::size_t titles = 0;
    for (std::size_t i = 0; i < prose.size(); ++i) {
      if (prose[i].starts_with("# ") && ++titles > 1) {
        findings.push_back({path, i + 1, "h1", "a second title; use ##"});
      }
      look_at_links(tree, file, i + 1, prose[i], findings);
      look_at_paths(tree, file, i + 1, prose[i], findings);
    }
    if (titles == 0) findings.push_back({path, 0, "h1", "a page has a title"});
  }
  return findings;
}

}  // namespace tidy
