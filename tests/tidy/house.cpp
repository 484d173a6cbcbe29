// The house itself: every room has its page, every file is built by somebody.
#include "rules.hpp"

namespace tidy {
namespace {

std::string folder_of(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

// Is `name` written out in the file, as a word of a list?
bool mentions(const File& list, const std::string& name) {
  for (const std::string& line : list.lines) {
    if (trim(line).starts_with('#')) continue;
    const auto at = line.find(name);
    if (at == std::string::npos) continue;
    const auto end = at + name.size();
    const bool starts =
        at == 0 || std::string_view(" (\"/").find(line[at - 1]) != std::string::npos;
    const bool ends =
        end == line.size() || std::string_view(" )\"").find(line[end]) != std::string::npos;
    if (starts && ends) return true;
  }
  return false;
}

// Named by its path from the nearest CMakeLists.txt above it, or from one further up.
bool is_built(const Tree& tree, const std::string& path) {
  for (std::string folder = folder_of(path); !folder.empty(); folder = folder_of(folder)) {
    const auto list = tree.find(folder + "/CMakeLists.txt");
    if (list != tree.end() && mentions(list->second, path.substr(folder.size() + 1))) return true;
  }
  return false;
}

}  // namespace

Findings check_house(const Tree& tree, const Layers& layers) {
  Findings findings;
  std::set<std::string> rooms;
  for (const Layer& layer : layers.all()) {
    for (const std::string& directory : layer.directories) {
      rooms.insert(directory.substr(0, directory.find('/')));
    }
  }
  for (const std::string& room : rooms) {
    const auto first = tree.lower_bound(room + "/");
    const bool exists = first != tree.end() && first->first.starts_with(room + "/");
    if (exists && !tree.contains(room + "/README.md")) {
      findings.push_back(
          {room + "/README.md", 0, "readme",
           "a room has a page: what it is for, what it may use, what to read first"});
    }
  }
  for (const auto& [path, file] : tree) {
    const bool listed = file.ends_with(".cpp") || path.find("/include/") != std::string::npos;
    if (!file.is_cpp() || !listed || layers.of(path) == nullptr || is_built(tree, path)) continue;
    findings.push_back({path, 0, "dead_file", "no CMakeLists.txt names it"});
  }
  return findings;
}

Findings check_all(const Tree& tree) {
  const Layers layers(tree.at("docs/layers.txt"));
  Findings all;
  for (Findings part : {check_layers(tree, layers), check_bans(tree, layers), check_shape(tree),
                        check_coroutines(tree), check_documents(tree), check_house(tree, layers)}) {
    for (Finding& finding : part) all.push_back(std::move(finding));
  }
  return all;
}

std::set<std::string> rule_names() {
  std::set<std::string> names = {"layer",       "third_party",  "file_length",  "function_length",
                                 "line_length", "opening",      "pragma_once",  "detail",
                                 "todo",        "coroutine_r1", "coroutine_r2", "h1",
                                 "link",        "path",         "readme",       "dead_file"};
  for (std::string& ban : ban_names()) names.insert(std::move(ban));
  return names;
}

}  // namespace tidy
