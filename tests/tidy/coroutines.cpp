// The two rules that keep our coroutines out of reach of g++ 12's mistakes (docs/STYLE.md):
//   R1  co_await starts a statement, or follows the = of a variable or co_return;
//   R2  between co_await and its ; there is no { and no capturing lambda.
// tests/compiler holds the programs that show why.
#include "rules.hpp"

namespace tidy {
namespace {

constexpr std::string_view await = "co_await";

// The whole file as one string, and back from a position to its line.
class Flat {
 public:
  explicit Flat(const File& file) {
    for (const std::string& line : file.code) {
      starts_.push_back(text_.size());
      text_ += trim(line).starts_with('#') ? std::string(line.size(), ' ') : line;
      text_ += '\n';
    }
  }
  std::string_view text() const { return text_; }
  std::size_t line_of(std::size_t at) const {
    std::size_t line = 0;
    while (line < starts_.size() && starts_[line] <= at) ++line;
    return line;
  }

 private:
  std::string text_;
  std::vector<std::size_t> starts_;
};

// Everything from the last ; { or } up to here, trimmed.
std::string_view statement_before(std::string_view text, std::size_t at) {
  const auto begin = text.find_last_of(";{}", at == 0 ? 0 : at - 1);
  const auto from = begin == std::string_view::npos || at == 0 ? 0 : begin + 1;
  return trim(text.substr(from, at - from));
}

bool ends_with_word(std::string_view text, std::string_view word) {
  return text.ends_with(word) &&
         (text.size() == word.size() || !is_word_char(text[text.size() - word.size() - 1]));
}

// "if (...)", "while (...)", "case 1:", "else": after these a statement starts.
bool opens_a_statement(std::string_view head) {
  if (head.empty() || ends_with_word(head, "else") || ends_with_word(head, "do")) return true;
  if (head.ends_with(':') && !head.ends_with("::")) {
    const bool label = head.starts_with("case ") || head.starts_with("default");
    return label && head.find('?') == std::string_view::npos;
  }
  if (!head.ends_with(')')) return false;
  std::size_t depth = 0;
  for (std::size_t i = head.size(); i-- > 0;) {
    if (head[i] == ')') ++depth;
    if (head[i] == '(' && --depth == 0) {
      const std::string_view before = trim(head.substr(0, i));
      if (trim(head.substr(i + 1, head.size() - i - 2)) == "void") return opens_a_statement(before);
      return ends_with_word(before, "if") || ends_with_word(before, "while") ||
             ends_with_word(before, "for") || ends_with_word(before, "constexpr");
    }
  }
  // The head of a for loop holds semicolons, so its parenthesis opened before them.
  return head.find('(') == std::string_view::npos;
}

// "auto r =", "n =", "if (auto r ="; not ".n =", not "==", not "f(x =".
bool follows_assignment(std::string_view head) {
  if (!head.ends_with('=') || head.size() < 2) return false;
  if (std::string_view("=!<>").find(head[head.size() - 2]) != std::string_view::npos) return false;
  head = trim(head.substr(0, head.size() - 1));
  if (head.starts_with('.')) return false;  // a designated initialiser, the first after its brace
  const auto comma = head.rfind(',');
  if (comma != std::string_view::npos && trim(head.substr(comma + 1)).starts_with('.'))
    return false;
  std::size_t open = 0;
  for (const char c : head) open += c == '(' ? 1 : c == ')' ? static_cast<std::size_t>(-1) : 0;
  if (open == 0) return true;
  return open == 1 && (head.starts_with("if") || head.starts_with("switch"));
}

bool obeys_r1(std::string_view head) {
  return opens_a_statement(head) || follows_assignment(head) || ends_with_word(head, "co_return");
}

// [x](...) or [&](...), as opposed to a[i](...) and to [](...).
bool has_capturing_lambda(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '[') continue;
    const std::string_view before = trim(text.substr(0, i));
    const bool subscript = !before.empty() && (is_word_char(before.back()) ||
                                               before.back() == ')' || before.back() == ']');
    const auto close = text.find(']', i);
    if (subscript || close == std::string_view::npos) continue;
    if (!trim(text.substr(i + 1, close - i - 1)).empty()) return true;
  }
  return false;
}

}  // namespace

Findings check_coroutines(const Tree& tree) {
  Findings findings;
  for (const auto& [path, file] : tree) {
    if (!file.is_cpp() || path.starts_with("tests/compiler/")) continue;
    const Flat flat(file);
    const std::string_view text = flat.text();
    for (auto at = find_word(text, await); at != std::string_view::npos;
         at = find_word(text, await, at + 1)) {
      const std::string_view head = statement_before(text, at);
      if (ends_with_word(head, "operator")) continue;
      if (!obeys_r1(head)) {
        findings.push_back({path, flat.line_of(at), "coroutine_r1",
                            "co_await starts a statement, or follows = or co_return"});
      }
      const std::string_view rest = text.substr(at, text.find(';', at) - at);
      if (rest.find('{') != std::string_view::npos || has_capturing_lambda(rest)) {
        findings.push_back({path, flat.line_of(at), "coroutine_r2",
                            "no { and no capturing lambda between co_await and its ;"});
      }
    }
  }
  return findings;
}

}  // namespace tidy
