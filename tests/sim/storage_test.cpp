// What a file promises, and what remains of it after a crash and after a power loss.
#include <algorithm>
#include <array>

#include "support.hpp"

namespace pre::sim::test {

using seam::DiskError;
using seam::OpenMode;

namespace {

struct Machine {
  World world;
  Host host;
  Bell bell;

  explicit Machine(Knobs knobs = {}, std::uint64_t seed = 1)
      : world({.seed = seed, .knobs = knobs}), host(start_host(world, "n1")) {}

  seam::Storage& storage() { return host.env().storage; }
  void put(std::string_view path, std::string_view text, std::uint64_t offset = 0) {
    REQUIRE((*storage().open(path, OpenMode::create))->write(offset, as_bytes(text)));
  }
  std::string get(std::string_view path) {
    auto file = storage().open(path, OpenMode::read);
    if (!file) return seam::name_of(file.error());
    std::string text(*(*file)->size(), ' ');
    std::vector<std::byte> buffer(text.size());
    const std::size_t count = *(*file)->read(0, buffer);
    return std::string(as_text(ByteView(buffer).first(count)));
  }
  void sync(std::string_view path) {
    auto file = *storage().open(path, OpenMode::write);
    auto done = file->sync(bell);
    pass(world, 2s);
    REQUIRE(done->result());
  }
  void sync_directory(std::string_view path) {
    auto done = storage().sync_directory(path, bell);
    pass(world, 2s);
    REQUIRE(done->result());
  }
  void restart(Death death) {
    world.kill(host.id, death);
    world.start(host.id);
  }
};

}  // namespace

TEST_CASE("files read what was written, and grow as needed") {
  Machine machine;
  machine.put("log", "hello");
  machine.put("log", "world", 6);
  auto file = *machine.storage().open("log", OpenMode::write);
  std::array<std::byte, 100> buffer;

  REQUIRE(machine.get("log") == std::string("hello\0world", 11));
  REQUIRE(file->read(6, buffer) == 5U);
  REQUIRE(file->read(11, buffer) == 0U);
  REQUIRE(file->truncate(2));
  REQUIRE(machine.get("log") == "he");
}

TEST_CASE("a sync takes time and wakes its owner") {
  Machine machine;
  machine.put("log", "x");
  auto file = *machine.storage().open("log", OpenMode::write);
  auto sync = file->sync(machine.bell);
  REQUIRE(sync->result().error() == DiskError::pending);
  pass(machine.world, 1s);

  REQUIRE(machine.bell.rings == 1);
  REQUIRE(sync->result());
}

TEST_CASE("names are listed in order, renamed and removed") {
  Machine machine;
  REQUIRE(machine.storage().make_directory("d"));
  REQUIRE(machine.storage().make_directory("d/e"));
  for (const char* name : {"d/c", "d/a", "d/e/x", "b"}) machine.put(name, name);

  REQUIRE(machine.storage().list("d") == std::vector<std::string>{"a", "c", "e"});
  REQUIRE(machine.storage().list("") == std::vector<std::string>{"b", "d"});
  REQUIRE(machine.storage().rename("d/c", "d/a"));
  REQUIRE(machine.get("d/a") == "d/c");
  REQUIRE(machine.storage().rename("d", "f"));
  REQUIRE(machine.get("f/e/x") == "d/e/x");
  REQUIRE(machine.storage().remove("f").error() == DiskError::exists);
  REQUIRE(machine.storage().remove("f/a"));
  REQUIRE(machine.storage().list("f") == std::vector<std::string>{"e"});
}

TEST_CASE("paths that leave the node's directory, or lead nowhere, are refused") {
  Machine machine;
  auto& storage = machine.storage();

  for (const char* path : {"../x", "/etc/passwd", "a/../../x", "", "a//b", "./a", "a/"}) {
    CAPTURE(path);
    REQUIRE(storage.open(path, OpenMode::create).error() == DiskError::invalid);
  }
  REQUIRE(storage.open("missing", OpenMode::write).error() == DiskError::not_found);
  REQUIRE(storage.open("missing/x", OpenMode::create).error() == DiskError::not_found);
  REQUIRE(storage.list("missing").error() == DiskError::not_found);
  REQUIRE(storage.rename("missing", "x").error() == DiskError::not_found);
  machine.put("x", "x");
  REQUIRE((*storage.open("x", OpenMode::read))->write(0, as_bytes("y")).error() ==
          DiskError::invalid);
}

TEST_CASE("a crash keeps what the operating system had, synced or not") {
  Machine machine;
  machine.put("log", "unsynced");
  machine.restart(Death::crash);

  REQUIRE(machine.get("log") == "unsynced");
}

TEST_CASE("a power loss keeps what was synced and loses the rest") {
  Machine machine;
  machine.put("log", "synced");
  machine.sync("log");
  machine.sync_directory("");
  machine.put("log", "UNSYNCED");
  machine.restart(Death::power_loss);

  REQUIRE(machine.get("log") == "synced");
}

TEST_CASE("a write during a sync is not covered by it") {
  Machine machine;
  machine.put("log", "before");
  machine.sync_directory("");
  auto file = *machine.storage().open("log", OpenMode::write);
  auto sync = file->sync(machine.bell);
  machine.put("log", "after!");
  pass(machine.world, 1s);
  REQUIRE(sync->result());
  machine.restart(Death::power_loss);

  REQUIRE(machine.get("log") == "before");
}

TEST_CASE("a sync that was not done yet protects nothing") {
  Machine machine;
  machine.put("log", "x");
  machine.sync_directory("");
  auto file = *machine.storage().open("log", OpenMode::write);
  auto sync = file->sync(machine.bell);
  machine.restart(Death::power_loss);
  pass(machine.world, 1s);

  REQUIRE(machine.get("log") == "");
  REQUIRE(machine.bell.rings == 1);  // of the directory's sync
}

TEST_CASE("a sync goes on when nobody waits for it, even if the process crashed") {
  Machine machine;
  machine.put("log", "x");
  machine.sync_directory("");
  auto file = *machine.storage().open("log", OpenMode::write);
  file->sync(machine.bell).reset();
  machine.world.kill(machine.host.id, Death::crash);
  pass(machine.world, 1s);
  machine.world.kill(machine.host.id, Death::power_loss);
  machine.world.start(machine.host.id);

  REQUIRE(machine.get("log") == "x");
}

TEST_CASE("a synced file whose directory was not synced loses its name") {
  Machine machine;
  machine.put("log", "synced");
  machine.sync("log");
  machine.restart(Death::power_loss);

  REQUIRE(machine.get("log") == "not_found");
}

TEST_CASE("a rename without a directory sync is undone by a power loss") {
  Machine machine;
  machine.put("new", "content");
  machine.sync("new");
  machine.sync_directory("");
  REQUIRE(machine.storage().rename("new", "current"));

  SECTION("unsynced") {
    machine.restart(Death::power_loss);
    REQUIRE(machine.get("current") == "not_found");
    REQUIRE(machine.get("new") == "content");
  }
  SECTION("synced") {
    machine.sync_directory("");
    machine.restart(Death::power_loss);
    REQUIRE(machine.get("current") == "content");
    REQUIRE(machine.get("new") == "not_found");
  }
}

TEST_CASE("knobs let unsynced writes and names survive") {
  Machine machine({.unsynced_write_kept = certain, .unsynced_name_kept = certain});
  machine.put("log", "lucky");
  machine.restart(Death::power_loss);

  REQUIRE(machine.get("log") == "lucky");
}

TEST_CASE("a torn write ends at a sector boundary") {
  std::vector<std::size_t> sizes;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Machine machine({.unsynced_write_torn = certain, .unsynced_name_kept = certain}, seed);
    machine.put("log", std::string(2000, 'x'), 100);
    machine.restart(Death::power_loss);
    sizes.push_back(machine.get("log").size());
  }

  for (std::size_t size : sizes) {
    CAPTURE(size);
    REQUIRE(size % 512 == 0);
    REQUIRE(size < 2100);
  }
  REQUIRE(std::count(sizes.begin(), sizes.end(), sizes.front()) < 20);
}

TEST_CASE("a directory that did not survive takes its files along") {
  Machine machine;
  REQUIRE(machine.storage().make_directory("d"));
  machine.put("d/x", "x");
  machine.sync("d/x");
  machine.sync_directory("d");  // but not the root, which names d
  machine.restart(Death::power_loss);

  REQUIRE(machine.storage().list("") == std::vector<std::string>{});
}

}  // namespace pre::sim::test
