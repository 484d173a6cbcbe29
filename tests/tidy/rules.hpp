// The rules, in groups. Each takes the whole tree and returns what breaks it; none knows where the
// tree came from, so samples of bad code go the same way as the code itself.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "source.hpp"

namespace tidy {

// One line of docs/layers.txt.
struct Layer {
  std::string name;
  std::vector<std::string> directories;
  std::set<std::string> may_include;
  std::vector<std::string> third_parties;  // a leading '+': in public headers too
  std::set<std::string> lifted_bans;

  bool lifts(const std::string& ban) const;
};

class Layers {
 public:
  explicit Layers(const File& table);  // throws std::runtime_error on a line it cannot read
  // The layer of a path, by the longest directory; null outside all layers.
  const Layer* of(const std::string& path) const;
  const std::vector<Layer>& all() const { return layers_; }

 private:
  std::vector<Layer> layers_;
};

using Findings = std::vector<Finding>;

Findings check_layers(const Tree& tree, const Layers& layers);  // layer, third_party
Findings check_bans(const Tree& tree, const Layers& layers);    // clock, random, thread, ...
Findings check_shape(const Tree& tree);                         // lengths, opening, todo, ...
Findings check_coroutines(const Tree& tree);                    // coroutine_r1, coroutine_r2
Findings check_documents(const Tree& tree);                     // h1, link, path
Findings check_house(const Tree& tree, const Layers& layers);   // readme, dead_file

std::vector<std::string> ban_names();

// All of them; the table is the tree's own docs/layers.txt.
Findings check_all(const Tree& tree);
// Every rule there is, by name.
std::set<std::string> rule_names();

}  // namespace tidy
