// Reading the tree, and a scanner that knows just enough C++ to blank comments and literals.
#include "source.hpp"

#include <cctype>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace tidy {
namespace {

// Copies `text` with comments, strings and characters blanked; lines stay where they were.
class Blanker {
 public:
  explicit Blanker(std::string_view text) : text_(text) {}

  std::string run() {
    while (at_ < text_.size()) step();
    return std::move(out_);
  }

 private:
  void step() {
    if (starts("//")) return blank_until("\n", false);
    if (starts("/*")) return blank_until("*/", true);
    if (starts("R\"") && !after_word()) return raw_string();
    if (text_[at_] == '"') return literal('"');
    if (text_[at_] == '\'' && !after_word()) return literal('\'');  // else a digit separator
    keep();
  }

  bool starts(std::string_view what) const { return text_.substr(at_, what.size()) == what; }
  bool after_word() const { return at_ > 0 && is_word_char(text_[at_ - 1]); }
  void keep() { out_ += text_[at_++]; }
  void blank() {
    out_ += text_[at_] == '\n' ? '\n' : ' ';
    ++at_;
  }
  void blank_until(std::string_view end, bool inclusive) {
    auto stop = text_.find(end, at_ + (inclusive ? 2 : 0));
    stop = stop == std::string_view::npos ? text_.size() : stop + (inclusive ? end.size() : 0);
    while (at_ < stop) blank();
  }
  void raw_string() {
    const auto open = text_.find('(', at_);
    if (open == std::string_view::npos) return keep();
    const std::string end = ")" + std::string(text_.substr(at_ + 2, open - at_ - 2)) + "\"";
    blank_until(end, true);
  }
  void literal(char quote) {
    keep();
    while (at_ < text_.size() && text_[at_] != quote && text_[at_] != '\n') {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) blank();
      blank();
    }
    if (at_ < text_.size()) keep();
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string out_;
};

std::vector<std::string> lines_of(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  return split(text, '\n');
}

bool is_read(const std::string& path) {
  for (const char* suffix : {".cpp", ".hpp", ".md", ".txt", ".cmake", ".proto"}) {
    if (path.ends_with(suffix)) return true;
  }
  return false;
}

}  // namespace

bool File::ends_with(std::string_view suffix) const { return path.ends_with(suffix); }
bool File::is_header() const { return ends_with(".hpp"); }
bool File::is_cpp() const { return is_header() || ends_with(".cpp"); }

File make_file(std::string path, std::string_view text) {
  File file{std::move(path), lines_of(text), {}};
  if (file.is_cpp()) file.code = lines_of(Blanker(text).run());
  return file;
}

Tree read_tree(const std::string& root) {
  namespace fs = std::filesystem;
  Tree tree;
  for (auto i = fs::recursive_directory_iterator(root); i != fs::recursive_directory_iterator();
       ++i) {
    const std::string path = i->path().lexically_relative(root).generic_string();
    const std::string name = i->path().filename().string();
    if (i->is_directory() && (name.starts_with('.') || path == "build"))
      i.disable_recursion_pending();
    if (!i->is_regular_file() || !is_read(path)) continue;
    std::ifstream in(i->path());
    std::ostringstream text;
    text << in.rdbuf();
    tree.emplace(path, make_file(path, text.str()));
  }
  return tree;
}

bool is_word_char(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

std::size_t find_word(std::string_view text, std::string_view word, std::size_t from) {
  for (auto at = text.find(word, from); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const auto end = at + word.size();
    const bool free_before = at == 0 || !is_word_char(word.front()) || !is_word_char(text[at - 1]);
    const bool free_after =
        end == text.size() || !is_word_char(word.back()) || !is_word_char(text[end]);
    if (free_before && free_after) return at;
  }
  return std::string_view::npos;
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (;;) {
    const auto at = text.find(separator);
    parts.emplace_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front()))) {
    text.remove_prefix(1);
  }
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back()))) {
    text.remove_suffix(1);
  }
  return text;
}

}  // namespace tidy
