// Names: a node's name stands for its address in this world, which is written the same.
#pragma once

#include <preordain/seam/network.hpp>

#include "life.hpp"
#include "network/links.hpp"
#include "slots.hpp"

namespace pre::sim {

class Resolver final : private Happening {
 public:
  Resolver(Core& core, Links& links) : core_(core), links_(links) {}
  void clear() { questions_.clear(); }

  Handle ask(Life& life, std::string_view host, std::uint16_t port, seam::Wake& wake);
  seam::NetResult<std::vector<seam::Endpoint>> result(Handle question);
  void forget(Handle question) { questions_.release(question); }
  void life_ended(const Life& life);

 private:
  struct Question {
    Life* life = nullptr;
    seam::Endpoint about;
    Waker waker;
    bool answered = false;
    void recycle() {
      life = nullptr;
      about = {};
      waker.detach();
      answered = false;
    }
  };
  void happen(std::uint64_t argument) override;

  Core& core_;
  Links& links_;
  Slots<Question> questions_;
};

}  // namespace pre::sim
