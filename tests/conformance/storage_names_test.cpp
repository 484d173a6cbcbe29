// Names and directories.
#include <string>
#include <vector>

#include "callbacks.hpp"

namespace pre::conformance {
namespace {

using seam::DiskError;
using seam::OpenMode;
using Names = std::vector<std::string>;

// Makes a file that contains its own path.
void put(seam::Storage& storage, std::string_view path) {
  auto file = storage.open(path, OpenMode::create);
  if (!file) FAIL("create " << path << ": " << name_of(file.error()));
  REQUIRE((*file)->write(0, as_bytes(path)).has_value());
}

std::string get(seam::Storage& storage, std::string_view path) {
  auto file = storage.open(path, OpenMode::read);
  if (!file) return std::string("(") + name_of(file.error()) + ")";
  std::vector<std::byte> into(100);
  return std::string(as_text(ByteView(into).first((*file)->read(0, into).value())));
}

TEMPLATE_TEST_CASE("only create makes a file", "[storage]", Native, Simulated) {
  const Under<TestType> under;
  seam::Storage& storage = (*under).environment().storage;

  REQUIRE(storage.open("f", OpenMode::read).error() == DiskError::not_found);
  REQUIRE(storage.open("f", OpenMode::write).error() == DiskError::not_found);
  REQUIRE(storage.open("d/f", OpenMode::create).error() == DiskError::not_found);
  REQUIRE(storage.list("").value().empty());

  put(storage, "f");
  REQUIRE(storage.open("f/g", OpenMode::create).error() == DiskError::not_found);
  REQUIRE(storage.list("") == Names{"f"});
}

TEMPLATE_TEST_CASE("names are listed in ascending order, one directory at a time", "[storage]",
                   Native, Simulated) {
  const Under<TestType> under;
  seam::Storage& storage = (*under).environment().storage;
  REQUIRE(storage.make_directory("logs").has_value());
  REQUIRE(storage.make_directory("logs/old").has_value());
  for (const char* name :
       {"b", "a", "logs-2", "logs.txt", "Z", "10", "9", "logs/x", "logs/a", "logs/old/y"}) {
    put(storage, name);
  }

  REQUIRE(storage.list("") == Names{"10", "9", "Z", "a", "b", "logs", "logs-2", "logs.txt"});
  REQUIRE(storage.list(".") == storage.list(""));
  REQUIRE(storage.list("logs") == Names{"a", "old", "x"});
  REQUIRE(storage.list("logs/old") == Names{"y"});
  REQUIRE(storage.list("none").error() == DiskError::not_found);
  REQUIRE(storage.list("b").error() == DiskError::not_found);
}

TEMPLATE_TEST_CASE("a directory is made once, inside one that exists", "[storage]", Native,
                   Simulated) {
  const Under<TestType> under;
  seam::Storage& storage = (*under).environment().storage;
  put(storage, "f");

  REQUIRE(storage.make_directory("d").has_value());
  REQUIRE(storage.make_directory("d").error() == DiskError::exists);
  REQUIRE(storage.make_directory("f").error() == DiskError::exists);
  REQUIRE(storage.make_directory("none/d").error() == DiskError::not_found);
  REQUIRE(storage.make_directory("d/e").has_value());
  REQUIRE(storage.open("d", OpenMode::read).error() == DiskError::invalid);
  REQUIRE(storage.open("d", OpenMode::create).error() == DiskError::invalid);
}

TEMPLATE_TEST_CASE("a rename replaces the file of that name", "[storage]", Native, Simulated) {
  const Under<TestType> under;
  seam::Storage& storage = (*under).environment().storage;
  put(storage, "new");
  put(storage, "old");

  REQUIRE(storage.rename("new", "old").has_value());
  REQUIRE(storage.list("") == Names{"old"});
  REQUIRE(get(storage, "old") == "new");
  REQUIRE(storage.rename("old", "old").has_value());
  REQUIRE(get(storage, "old") == "new");
  REQUIRE(storage.rename("new", "other").error() == DiskError::not_found);
  REQUIRE(storage.rename("old", "none/old").error() == DiskError::not_found);
}

TEMPLATE_TEST_CASE("a directory takes its files along, but not into itself", "[storage]", Native,
                   Simulated) {
  const Under<TestType> under;
  seam::Storage& storage = (*under).environment().storage;
  REQUIRE(storage.make_directory("d").has_value());
  REQUIRE(storage.make_directory("d/e").has_value());
  put(storage, "d/e/f");
  put(storage, "file");

  REQUIRE(storage.rename("d", "d/e/d").error() == DiskError::invalid);
  REQUIRE(storage.rename("d", "moved").has_value());
  REQUIRE(get(storage, "moved/e/f") == "d/e/f");
  REQUIRE(get(storage, "d/e/f") == "(not_found)");
  // Which error it is differs: nobody needs to tell them apart.
  REQUIRE_FALSE(storage.rename("file", "moved").has_value());
  REQUIRE_FALSE(storage.rename("moved", "file").has_value());
  REQUIRE(storage.list("") == Names{"file", "moved"});
}

TEMPLATE_TEST_CASE("what is removed is gone, and a directory must be empty", "[storage]", Native,
                   Simulated) {
  const Under<TestType> under;
  seam::Storage& storage = (*under).environment().storage;
  REQUIRE(storage.make_directory("d").has_value());
  put(storage, "d/f");

  REQUIRE(storage.remove("d").error() == DiskError::exists);
  REQUIRE(storage.remove("d/none").error() == DiskError::not_found);
  REQUIRE(storage.remove("d/f").has_value());
  REQUIRE(storage.remove("d/f").error() == DiskError::not_found);
  REQUIRE(storage.remove("d").has_value());
  REQUIRE(storage.list("").value().empty());
  put(storage, "d");
  REQUIRE(get(storage, "d") == "d");
}

TEMPLATE_TEST_CASE("nothing outside the node's directory can be named", "[storage]", Native,
                   Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  seam::Storage& storage = world.environment().storage;
  Bell bell(world);
  REQUIRE(storage.make_directory("d").has_value());
  put(storage, "f");

  for (const std::string& path :
       Names{"", ".", "..", "/etc/passwd", "/", "../x", "d/../../x", "d/..", "d//x", "d/", "./x",
             "d/./x", std::string("a\0b", 3)}) {
    INFO(path);
    REQUIRE(storage.open(path, OpenMode::create).error() == DiskError::invalid);
    REQUIRE(storage.open(path, OpenMode::read).error() == DiskError::invalid);
    REQUIRE(storage.make_directory(path).error() == DiskError::invalid);
    REQUIRE(storage.remove(path).error() == DiskError::invalid);
    REQUIRE(storage.rename("f", path).error() == DiskError::invalid);
    REQUIRE(storage.rename(path, "g").error() == DiskError::invalid);
    if (path.empty() || path == ".") continue;  // as directories these are the root
    REQUIRE(storage.list(path).error() == DiskError::invalid);
    const auto sync = storage.sync_directory(path, bell);
    REQUIRE(finish(world, [&] { return sync->result(); }).error() == DiskError::invalid);
  }
  REQUIRE(storage.list("") == Names{"d", "f"});
}

TEMPLATE_TEST_CASE("a name has 255 bytes at most, and what is opened for reading is not written",
                   "[storage]", Native, Simulated) {
  const Under<TestType> under;
  seam::Storage& storage = (*under).environment().storage;

  REQUIRE(storage.open(std::string(255, 'x'), seam::OpenMode::create));
  REQUIRE(storage.open(std::string(256, 'x'), seam::OpenMode::create).error() ==
          DiskError::invalid);
  auto file = storage.open(std::string(255, 'x'), seam::OpenMode::read);
  REQUIRE((*file)->write(0, as_bytes("no")).error() == DiskError::invalid);
  REQUIRE((*file)->truncate(0).error() == DiskError::invalid);
}

TEMPLATE_TEST_CASE("a directory that is not there cannot be synced", "[storage]", Native,
                   Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  Bell bell(world);

  const auto sync = world.environment().storage.sync_directory("none", bell);

  REQUIRE(finish(world, [&] { return sync->result(); }).error() == DiskError::not_found);
}

}  // namespace
}  // namespace pre::conformance
