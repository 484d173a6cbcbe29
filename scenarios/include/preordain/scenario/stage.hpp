// What a workload stands on: refs to actors on the nodes, time, chance, and the record of what it
// did. The same in the simulator and on sockets. Everything here is for one client's coroutine.
#pragma once

#include <preordain/remoting/remoting.hpp>
#include <preordain/scenario/history.hpp>

namespace pre {

class StageHost;

class Stage {
 public:
  Stage(StageHost& host, System& system, Remoting& remoting, unsigned client)
      : host_(host), system_(system), remoting_(remoting), client_(client) {}

  // An actor on a node, by path: stage.ref<Account>("n2", "/user/account-3").
  template <class A>
  RefOf<A> ref(std::string_view node, std::string_view path) {
    return remoting_.ref<A>(node, path);
  }
  // The nodes under test: "n1" .. "nN".
  const std::vector<std::string>& nodes() const;
  // Which client this is, from 0.
  unsigned client() const noexcept { return client_; }
  System& system() noexcept { return system_; }

  Instant now() const { return system_.now(); }
  // False when the time for causing trouble is over: a workload then comes to its end.
  bool goes_on() const;
  Sleep sleep(Duration duration) { return Sleep(duration); }
  std::uint64_t below(std::uint64_t n) { return system_.random().below(n); }
  template <class C>
  const auto& pick(const C& choices) {
    return choices[below(std::size(choices))];
  }

  // A property that a client can see. The first that is false ends the run as a failure.
  void expect(bool holds, std::string_view property, std::string_view explanation);
  // Adds to the history.
  void record(Operation operation);

 private:
  StageHost& host_;
  System& system_;
  Remoting& remoting_;
  unsigned client_;
};

}  // namespace pre
