// Death watch: once, and never for nothing.
#include <catch2/catch.hpp>

#include "bank.hpp"

using namespace bank;

namespace {

struct Begin {
  Ref<Quit> whom;
};
struct End {
  Ref<Quit> whom;
};

class Watcher : public Actor<Begin, End, Terminated> {
 public:
  explicit Watcher(Journal* journal) : journal_(journal) {}
  void on(Begin b) { watch(b.whom); }
  void on(End e) { unwatch(e.whom); }
  void on(const Terminated& t) { journal_->push_back("gone " + t.who.path); }

 private:
  Journal* journal_;
};

}  // namespace

TEST_CASE("WATCH-1 a watcher is told exactly once when an actor stops") {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    TestKit kit(seed, sim::Knobs::drawn(seed));
    Journal seen;
    Journal journal;
    auto watcher = kit.spawn<Watcher>(&seen);
    auto subject = kit.spawn<Subject>(SpawnOptions{.name = "s"}, &journal);
    watcher.tell<Begin>(Ref<Quit>(subject));
    watcher.tell<Begin>(Ref<Quit>(subject));
    if (seed % 2 == 0) kit.settle();  // else the stop may overtake the watch

    subject.tell<Quit>();
    kit.settle();

    // Watching again after the news is a new watch, of the dead.
    REQUIRE(seen.size() >= 1);
    if (seed % 2 == 0) REQUIRE(seen == Journal{"gone /user/s"});
  }
}

TEST_CASE("WATCH-1 a watcher of the dead is told at once") {
  TestKit kit;
  Journal seen;
  Journal journal;
  auto watcher = kit.spawn<Watcher>(&seen);
  auto subject = kit.spawn<Subject>(SpawnOptions{.name = "s"}, &journal);
  subject.tell<Quit>();
  kit.settle();

  watcher.tell<Begin>(Ref<Quit>(subject));
  kit.settle();

  REQUIRE(seen == Journal{"gone /user/s"});
}

TEST_CASE("WATCH-2 who no longer watches is not told") {
  TestKit kit;
  Journal seen;
  Journal journal;
  auto watcher = kit.spawn<Watcher>(&seen);
  auto subject = kit.spawn<Subject>(&journal);
  watcher.tell<Begin>(Ref<Quit>(subject));
  watcher.tell<End>(Ref<Quit>(subject));
  kit.settle();

  subject.tell<Quit>();
  kit.settle();

  REQUIRE(seen.empty());
}

TEST_CASE("WATCH-2 a restart is no end: the watcher hears nothing") {
  TestKit kit;
  Journal seen;
  Journal journal;
  auto watcher = kit.spawn<Watcher>(&seen);
  auto subject = kit.spawn<Subject>(&journal);
  watcher.tell<Begin>(Ref<Quit>(subject));
  kit.settle();

  subject.tell<Throw>("x");
  kit.settle();

  REQUIRE(seen.empty());
}
