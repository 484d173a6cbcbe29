// Files below a directory.
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "support.hpp"

namespace pre::native::test {
namespace {

using seam::DiskError;
using seam::OpenMode;

std::string content(seam::File& file) {
  std::vector<std::byte> into(static_cast<std::size_t>(file.size().value()));
  const auto got = file.read(0, into);
  return std::string(as_text(ByteView(into).first(got.value())));
}

TEST_CASE("what was written and synced is there when the file is opened again") {
  World world;
  Waker waker;
  seam::Storage& storage = world.storage();
  {
    auto file = storage.open("journal", OpenMode::create);
    REQUIRE(file.has_value());
    REQUIRE((*file)->write(0, as_bytes("hello")).has_value());
    REQUIRE((*file)->write(8, as_bytes("world")).has_value());
    auto sync = (*file)->sync(waker);
    REQUIRE(finish(waker, [&] { return sync->result(); }).has_value());
    auto directory = storage.sync_directory("", waker);
    REQUIRE(finish(waker, [&] { return directory->result(); }).has_value());
  }

  auto file = storage.open("journal", OpenMode::read);

  REQUIRE(file.has_value());
  REQUIRE(content(**file) == std::string("hello\0\0\0world", 13));
  REQUIRE((*file)->write(0, as_bytes("x")).error() == DiskError::invalid);
  std::vector<std::byte> into(10);
  REQUIRE((*file)->read(8, into).value() == 5);
  REQUIRE((*file)->read(100, into).value() == 0);
  REQUIRE((*file)->read(~std::uint64_t{0}, into).value() == 0);
}

TEST_CASE("a file is cut, and grows with zeros") {
  World world;
  Waker waker;
  auto opened = world.storage().open("cut", OpenMode::create);
  REQUIRE(opened.has_value());
  seam::File& file = **opened;
  REQUIRE(file.write(0, as_bytes("abcdef")).has_value());

  REQUIRE(file.truncate(2).has_value());
  REQUIRE(content(file) == "ab");
  REQUIRE(file.truncate(4).has_value());
  REQUIRE(content(file) == std::string("ab\0\0", 4));
  auto sync = file.sync(waker);
  REQUIRE(finish(waker, [&] { return sync->result(); }).has_value());
}

TEST_CASE("many syncs at once all end") {
  World world;
  Waker waker;
  auto one = world.storage().open("one", OpenMode::create);
  auto two = world.storage().open("two", OpenMode::create);
  std::vector<std::unique_ptr<seam::Sync>> syncs;
  for (int i = 0; i < 20; ++i) {
    REQUIRE((*one)->write(0, as_bytes("1")).has_value());
    syncs.push_back((*one)->sync(waker));
    REQUIRE((*two)->truncate(static_cast<std::uint64_t>(i)).has_value());
    syncs.push_back((*two)->sync(waker));
  }
  // A file and a sync that go away early take nothing with them.
  one->reset();
  syncs.erase(syncs.begin() + 5);

  for (const auto& sync : syncs) {
    REQUIRE(finish(waker, [&] { return sync->result(); }).has_value());
  }
}

TEST_CASE("directories are made, listed in order, and emptied") {
  World world;
  Waker waker;
  seam::Storage& storage = world.storage();
  REQUIRE(storage.list("").value().empty());

  REQUIRE(storage.make_directory("logs").has_value());
  REQUIRE(storage.make_directory("logs").error() == DiskError::exists);
  REQUIRE(storage.open("logs/b", OpenMode::create).has_value());
  REQUIRE(storage.open("logs/a", OpenMode::create).has_value());
  REQUIRE(storage.list("logs").value() == std::vector<std::string>{"a", "b"});
  REQUIRE(storage.list(".").value() == std::vector<std::string>{"logs"});

  REQUIRE(storage.rename("logs/a", "logs/b").has_value());
  REQUIRE(storage.rename("logs/a", "logs/c").error() == DiskError::not_found);
  REQUIRE(storage.list("logs").value() == std::vector<std::string>{"b"});
  REQUIRE(storage.remove("logs").error() == DiskError::exists);
  REQUIRE(storage.remove("logs/b").has_value());
  REQUIRE(storage.remove("logs/b").error() == DiskError::not_found);
  REQUIRE(storage.remove("logs").has_value());
  REQUIRE(storage.list("logs").error() == DiskError::not_found);
  auto sync = storage.sync_directory("logs", waker);
  REQUIRE(finish(waker, [&] { return sync->result(); }).error() == DiskError::not_found);
}

TEST_CASE("nothing outside the node's directory can be named") {
  World world;
  seam::Storage& storage = world.storage();
  REQUIRE(storage.make_directory("d").has_value());

  for (const std::string path :
       {"", ".", "..", "/etc/passwd", "../x", "d/../../x", "d/..", "d//x", "d/", "./x", "d/./x"}) {
    INFO(path);
    REQUIRE(storage.open(path, OpenMode::create).error() == DiskError::invalid);
    REQUIRE(storage.make_directory(path).error() == DiskError::invalid);
    REQUIRE(storage.remove(path).error() == DiskError::invalid);
    REQUIRE(storage.rename("d", path).error() == DiskError::invalid);
    REQUIRE(storage.rename(path, "e").error() == DiskError::invalid);
  }
  REQUIRE(storage.list("..").error() == DiskError::invalid);
  REQUIRE(storage.open(std::string("a\0b", 3), OpenMode::create).error() == DiskError::invalid);
  REQUIRE(storage.open("d", OpenMode::read).error() == DiskError::invalid);
  REQUIRE(storage.open("missing", OpenMode::read).error() == DiskError::not_found);
  REQUIRE(storage.open("missing", OpenMode::write).error() == DiskError::not_found);
  REQUIRE(storage.open("missing/x", OpenMode::create).error() == DiskError::not_found);
}

}  // namespace
}  // namespace pre::native::test
