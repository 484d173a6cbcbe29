// What would let the outside world in behind the simulator's back. Each ban names what to say
// instead; docs/layers.txt says which layer may break which.
#include "rules.hpp"

namespace tidy {
namespace {

struct Ban {
  const char* rule;
  std::vector<const char*> words;
  const char* instead;
};

const std::vector<Ban>& bans() {
  static const std::vector<Ban> all = {
      {"clock",
       {"system_clock::now", "steady_clock::now", "high_resolution_clock", "clock_gettime",
        "gettimeofday", "std::time", "<ctime>"},
       "seam::Clock"},
      {"random",
       {"random_device", "mt19937", "mt19937_64", "default_random_engine", "<random>", "std::rand",
        "srand"},
       "seam::Random"},
      {"thread",
       {"<thread>", "<mutex>", "<shared_mutex>", "<condition_variable>", "<future>", "<semaphore>",
        "<latch>", "<barrier>", "<stop_token>", "std::thread", "std::jthread", "std::mutex",
        "std::this_thread", "sleep_for", "sleep_until", "std::async"},
       "a turn on seam::Executor, a timer of seam::Timers"},
      {"environment", {"getenv", "secure_getenv", "setenv", "environ"}, "an option passed in"},
      {"hash_order",
       {"unordered_map", "unordered_set", "unordered_multimap", "unordered_multiset"},
       "std::map or a sorted vector: the order of a hash table differs between libraries"},
      {"thread_local", {"thread_local"}, "a member, handed down"},
      {"asio", {"<boost/asio.hpp>", "boost::asio"}, "seam::Network"},
      {"files",
       {"<fstream>", "<filesystem>", "fopen", "freopen", "std::ifstream", "std::ofstream"},
       "seam::Storage, or native/files.hpp above the layers"},
      {"process",
       {"std::system", "popen", "fork()", "execv", "execve", "posix_spawn"},
       "native/process.hpp"},
  };
  return all;
}

}  // namespace

std::vector<std::string> ban_names() {
  std::vector<std::string> names;
  for (const Ban& ban : bans()) names.emplace_back(ban.rule);
  return names;
}

Findings check_bans(const Tree& tree, const Layers& layers) {
  Findings findings;
  for (const auto& [path, file] : tree) {
    const Layer* layer = layers.of(path);
    if (!file.is_cpp() || layer == nullptr) continue;
    for (const Ban& ban : bans()) {
      if (layer->lifts(ban.rule)) continue;
      for (std::size_t i = 0; i < file.code.size(); ++i) {
        for (const char* word : ban.words) {
          if (find_word(file.code[i], word) == std::string::npos) continue;
          findings.push_back({path, i + 1, ban.rule,
                              std::string(word) + " has no place here; use " + ban.instead});
          break;
        }
      }
    }
  }
  return findings;
}

}  // namespace tidy
