// How a file looks: its length, its functions, its first line, words that should not be in it.
#include <cctype>

#include "rules.hpp"

namespace tidy {
namespace {

constexpr std::size_t file_lines_max = 400;
constexpr std::size_t function_lines_max = 70;
constexpr std::size_t columns_max = 100;

// Columns of a UTF-8 line: continuation bytes take none.
std::size_t columns_of(const std::string& line) {
  std::size_t columns = 0;
  for (const char c : line) columns += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
  return columns;
}

bool starts_scope(const std::string& head) {
  for (const char* word : {"namespace", "class", "struct", "union", "enum", "extern"}) {
    const auto at = find_word(head, word);
    // "struct" inside the parentheses of a parameter list opens nothing.
    if (at != std::string::npos && head.find('(') > at) return true;
  }
  return false;
}

// "const Table table = {" or "x = {": data, not code. A lambda kept in a variable is code.
bool is_data(const std::string& head) {
  if (head.find("](") != std::string::npos || find_word(head, "operator") != std::string::npos) {
    return false;
  }
  int depth = 0;
  for (const char c : head) {
    if (c == '(') ++depth;
    if (c == ')') --depth;
    if (c == '=' && depth == 0) return true;
  }
  return false;
}

// Finds functions by their braces: a block right inside namespaces and classes that is none itself.
class Functions {
 public:
  explicit Functions(const File& file) : file_(file) {}

  Findings run() {
    for (line_ = 0; line_ < file_.code.size(); ++line_) {
      if (trim(file_.code[line_]).starts_with('#')) continue;
      for (const char c : file_.code[line_]) step(c);
      head_ += ' ';
    }
    return std::move(findings_);
  }

 private:
  enum class Block : std::uint8_t { scope, function, data };
  struct Open {
    Block kind;
    std::size_t line;
  };

  void step(char c) {
    if (c == '{') return open();
    if (c == '}') return close();
    if (c == ';') return head_.clear();
    head_ += c;
  }

  void open() {
    const bool inside = !open_.empty() && open_.back().kind != Block::scope;
    Block kind = Block::function;
    if (inside) {
      kind = Block::data;  // a block of a function; only its outermost counts
    } else if (starts_scope(head_)) {
      kind = Block::scope;
    } else if (is_data(head_)) {
      kind = Block::data;
    }
    open_.push_back({kind, line_});
    head_.clear();
  }

  void close() {
    head_.clear();
    if (open_.empty()) return;
    const Open block = open_.back();
    open_.pop_back();
    const std::size_t length = line_ - block.line + 1;
    if (block.kind != Block::function || length <= function_lines_max) return;
    findings_.push_back(
        {file_.path, block.line + 1, "function_length",
         std::to_string(length) + " lines; cut it at " + std::to_string(function_lines_max)});
  }

  const File& file_;
  std::size_t line_ = 0;
  std::string head_;
  std::vector<Open> open_;
  Findings findings_;
};

// A header says what it is for; so does a .cpp that has none of its name to say it. A test says it
// in the names of its cases.
void look_at_opening(const Tree& tree, const File& file, Findings& findings) {
  if (file.lines.front().starts_with("// ") || file.ends_with("_test.cpp")) return;
  const std::string stem =
      file.path.substr(file.path.rfind('/'), file.path.rfind('.') - file.path.rfind('/'));
  if (!file.is_header()) {
    for (const auto& [path, other] : tree) {
      if (path.ends_with(stem + ".hpp")) return;
    }
  }
  findings.push_back({file.path, 1, "opening", "begin with a comment: what this file is for"});
}

// One that names its issue, as in (#12), is fine; a bare one is a promise to nobody.
bool has_bare_todo(const std::string& line) {
  for (const char* word : {"TO"
                           "DO",
                           "FIX"
                           "ME",
                           "XX"
                           "X"}) {
    const auto at = find_word(line, word);
    if (at == std::string::npos) continue;
    const std::string rest = line.substr(at + std::string_view(word).size());
    if (!(rest.starts_with("(#") && rest.size() > 2 &&
          std::isdigit(static_cast<unsigned char>(rest[2])))) {
      return true;
    }
  }
  return false;
}

void look_at_lines(const File& file, Findings& findings) {
  const auto add = [&](std::size_t line, const char* rule, std::string text) {
    findings.push_back({file.path, line, rule, std::move(text)});
  };
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    const std::size_t columns = columns_of(file.lines[i]);
    if (columns > columns_max) add(i + 1, "line_length", std::to_string(columns) + " columns");
    if (has_bare_todo(file.lines[i])) add(i + 1, "todo", "name the issue, as in (#12)");
    if (find_word(file.code[i], "namespace detail") != std::string::npos) {
      add(i + 1, "detail", "internal means src/");
    }
  }
}

void look_at_file(const File& file, Findings& findings) {
  const auto add = [&](std::size_t line, const char* rule, std::string text) {
    findings.push_back({file.path, line, rule, std::move(text)});
  };
  if (file.lines.size() > file_lines_max) {
    add(0, "file_length",
        std::to_string(file.lines.size()) + " lines; the limit is " +
            std::to_string(file_lines_max));
  }
  if (file.path.find("/detail/") != std::string::npos) add(0, "detail", "internal means src/");
  if (!file.is_header()) return;
  for (const std::string& line : file.code) {
    if (trim(line) == "#pragma once") return;
  }
  add(0, "pragma_once", "a header says #pragma once");
}

}  // namespace

Findings check_shape(const Tree& tree) {
  Findings findings;
  for (const auto& [path, file] : tree) {
    if (!file.is_cpp()) continue;
    look_at_opening(tree, file, findings);
    look_at_file(file, findings);
    look_at_lines(file, findings);
    for (Finding& finding : Functions(file).run()) findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace tidy
