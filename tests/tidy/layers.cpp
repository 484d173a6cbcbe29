// Who may include whom: reads the table and looks at every #include.
#include <optional>
#include <sstream>
#include <stdexcept>

#include "rules.hpp"

namespace tidy {
namespace {

std::vector<std::string> words(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> out;
  for (std::string word; in >> word;) out.push_back(word);
  return out;
}

bool lies_in(const std::string& path, const std::string& directory) {
  return path == directory || (path.starts_with(directory) && path.size() > directory.size() &&
                               path[directory.size()] == '/');
}

struct Include {
  std::string target;
  bool quoted;
};

std::optional<Include> include_in(const std::string& line) {
  std::string_view text = trim(line);
  if (!text.starts_with('#')) return std::nullopt;
  text = trim(text.substr(1));
  if (!text.starts_with("include")) return std::nullopt;
  text = trim(text.substr(7));
  if (text.empty() || (text[0] != '<' && text[0] != '"')) return std::nullopt;
  const auto end = text.find(text[0] == '<' ? '>' : '"', 1);
  if (end == std::string_view::npos) return std::nullopt;
  return Include{std::string(text.substr(1, end - 1)), text[0] == '"'};
}

// "a/src/x/y.cpp" -> "a/src/"; where private headers of that layer are looked up.
std::string private_root(const std::string& path) {
  const auto at = path.find("/src/");
  return at == std::string::npos ? std::string() : path.substr(0, at + 5);
}

std::string folder_of(const std::string& path) { return path.substr(0, path.rfind('/') + 1); }

class Check {
 public:
  Check(const Tree& tree, const Layers& layers) : tree_(tree), layers_(layers) {}

  Findings run() {
    for (const auto& [path, file] : tree_) {
      const Layer* layer = layers_.of(path);
      if (!file.is_cpp() || layer == nullptr) continue;
      for (std::size_t i = 0; i < file.lines.size(); ++i) {
        if (trim(file.code[i]).empty()) continue;  // inside a comment
        if (auto include = include_in(file.lines[i])) look(file, i + 1, *layer, *include);
      }
    }
    return std::move(findings_);
  }

 private:
  void look(const File& file, std::size_t line, const Layer& layer, const Include& include) {
    const std::string ours = "preordain/";
    if (include.target.starts_with(ours)) {
      const std::string room = include.target.substr(ours.size());
      const std::string name = room.substr(0, room.find('/'));
      if (name != layer.name && !layer.may_include.contains(name)) {
        add(file, line, "layer", layer.name + " may not include " + name + " (docs/layers.txt)");
      }
    } else if (include.quoted) {
      look_at_private(file, line, layer, include.target);
    } else if (is_foreign(include.target) && !is_agreed(file, layer, include.target)) {
      add(file, line, "third_party",
          "<" + include.target + "> is not agreed for " + layer.name + " here (docs/layers.txt)");
    }
  }

  // Two layers may share a src/ directory; then the path of a private header tells whose it is.
  void look_at_private(const File& file, std::size_t line, const Layer& layer,
                       const std::string& target) {
    for (const std::string& root : {private_root(file.path), folder_of(file.path)}) {
      const auto found = tree_.find(root + target);
      if (found == tree_.end()) continue;
      const Layer* other = layers_.of(found->first);
      if (other != nullptr && other->name != layer.name &&
          !layer.may_include.contains(other->name)) {
        add(file, line, "layer", layer.name + " may not include the insides of " + other->name);
      }
      return;
    }
  }

  // Standard headers have no slash and no ".h".
  static bool is_foreign(const std::string& target) {
    return target.find('/') != std::string::npos || target.ends_with(".h");
  }

  static bool is_agreed(const File& file, const Layer& layer, const std::string& target) {
    const bool in_public = file.path.find("/include/") != std::string::npos;
    for (std::string_view prefix : layer.third_parties) {
      const bool everywhere = prefix.starts_with('+');
      if (everywhere) prefix.remove_prefix(1);
      if (target.starts_with(prefix) && (everywhere || !in_public)) return true;
    }
    return false;
  }

  void add(const File& file, std::size_t line, std::string rule, std::string text) {
    findings_.push_back({file.path, line, std::move(rule), std::move(text)});
  }

  const Tree& tree_;
  const Layers& layers_;
  Findings findings_;
};

}  // namespace

bool Layer::lifts(const std::string& ban) const {
  return lifted_bans.contains("*") || lifted_bans.contains(ban);
}

Layers::Layers(const File& table) {
  for (const std::string& line : table.lines) {
    if (trim(line).empty() || trim(line).starts_with('#')) continue;
    auto columns = split(line, '|');
    if (columns.size() < 4 || columns.size() > 5) {
      throw std::runtime_error("docs/layers.txt: four or five columns, please: " + line);
    }
    columns.resize(5);
    const auto may = words(columns[2]);
    const auto lifted = words(columns[4]);
    layers_.push_back({std::string(trim(columns[0])),
                       words(columns[1]),
                       {may.begin(), may.end()},
                       words(columns[3]),
                       {lifted.begin(), lifted.end()}});
  }
}

const Layer* Layers::of(const std::string& path) const {
  const Layer* best = nullptr;
  std::size_t length = 0;
  for (const Layer& layer : layers_) {
    for (const std::string& directory : layer.directories) {
      if (!lies_in(path, directory) || directory.size() <= length) continue;
      best = &layer;
      length = directory.size();
    }
  }
  return best;
}

Findings check_layers(const Tree& tree, const Layers& layers) { return Check(tree, layers).run(); }

}  // namespace tidy
