// The source tree as the rules see it: files with their lines, and the same lines with comments and
// the insides of literals blanked, so that a word in a sentence is not taken for code.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tidy {

struct File {
  std::string path;                // from the root of the repository, with '/'
  std::vector<std::string> lines;  // as written
  std::vector<std::string> code;   // C++ alone: comments and literals blanked

  bool is_cpp() const;     // .cpp or .hpp
  bool is_header() const;  // .hpp
  bool ends_with(std::string_view suffix) const;
};

// Ordered by path.
using Tree = std::map<std::string, File>;

struct Finding {
  std::string path;
  std::size_t line = 0;  // counts from 1; 0: the file as a whole
  std::string rule;
  std::string text;
};

File make_file(std::string path, std::string_view text);

// What is under version control or should be: everything but build trees and hidden directories.
Tree read_tree(const std::string& root);

bool is_word_char(char c);
// Position of `word` in `text` not touched by identifier characters, or npos.
std::size_t find_word(std::string_view text, std::string_view word, std::size_t from = 0);
std::vector<std::string> split(std::string_view text, char separator);
std::string_view trim(std::string_view text);

}  // namespace tidy
