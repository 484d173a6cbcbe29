// Runs the built tool and catches what it says.
#pragma once

#include <string>
#include <vector>

#include <preordain/native/files.hpp>
#include <preordain/native/process.hpp>

namespace tool {

struct Said {
  int code = -1;
  std::string text;
  bool has(const std::string& words) const { return text.find(words) != std::string::npos; }
};

class Tool {
 public:
  Tool() : directory_(pre::native::make_temporary_directory("pre-cli-test-").value()) {}
  ~Tool() { (void)pre::native::remove_tree(directory_); }

  Said run(std::vector<std::string> arguments,
           pre::Duration limit = pre::Duration(std::chrono::minutes(5))) {
    arguments.insert(arguments.begin(), PRE_TOOL);
    const std::string out = directory_ + "/out";
    auto child = pre::native::Child::start(
        {.arguments = std::move(arguments), .environment = {}, .output_path = out});
    if (!child) return {-1, child.error().text()};
    const auto code = child->wait(limit);
    return {code ? *code : -1, pre::native::read_file(out).value()};
  }
  const std::string& directory() const { return directory_; }

 private:
  const std::string directory_;
};

}  // namespace tool
