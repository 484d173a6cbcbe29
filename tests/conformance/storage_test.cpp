// The bytes of files, and what survives a restart.
#include <string>
#include <vector>

#include "callbacks.hpp"

namespace pre::conformance {
namespace {

using seam::DiskError;
using seam::OpenMode;

std::unique_ptr<seam::File> open(WorldUnderTest& world, std::string_view path, OpenMode mode) {
  auto opened = world.environment().storage.open(path, mode);
  if (!opened) FAIL("open " << path << ": " << name_of(opened.error()));
  return std::move(*opened);
}

std::string content(seam::File& file) {
  std::vector<std::byte> into(static_cast<std::size_t>(file.size().value()));
  const auto got = file.read(0, into);
  return std::string(as_text(ByteView(into).first(got.value())));
}

void sync(WorldUnderTest& world, seam::File& file) {
  Bell bell(world);
  const auto sync = file.sync(bell);
  REQUIRE(finish(world, [&] { return sync->result(); }).has_value());
}

void sync_directory(WorldUnderTest& world, std::string_view path) {
  Bell bell(world);
  const auto sync = world.environment().storage.sync_directory(path, bell);
  REQUIRE(finish(world, [&] { return sync->result(); }).has_value());
}

TEMPLATE_TEST_CASE("a file is created, written, read, and opened again", "[storage]", Native,
                   Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  {
    const auto file = open(world, "journal", OpenMode::create);
    REQUIRE(file->size() == 0);
    REQUIRE(file->write(0, as_bytes("hello")).has_value());
    REQUIRE(file->write(1, as_bytes("u")).has_value());
    REQUIRE(content(*file) == "hullo");
  }

  REQUIRE(content(*open(world, "journal", OpenMode::create)) == "hullo");
  const auto written = open(world, "journal", OpenMode::write);
  REQUIRE(written->write(5, as_bytes("!")).has_value());
  REQUIRE(content(*written) == "hullo!");
  const auto read = open(world, "journal", OpenMode::read);
  REQUIRE(read->size() == 6);
  REQUIRE(content(*read) == "hullo!");
}

TEMPLATE_TEST_CASE("a file opened for reading refuses to be changed", "[storage]", Native,
                   Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  REQUIRE(open(world, "f", OpenMode::create)->write(0, as_bytes("abc")).has_value());

  const auto file = open(world, "f", OpenMode::read);
  REQUIRE_FALSE(file->write(0, as_bytes("x")).has_value());
  REQUIRE_FALSE(file->truncate(1).has_value());

  REQUIRE(content(*file) == "abc");
}

TEMPLATE_TEST_CASE("a read is short only at the end of the file", "[storage]", Native, Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  const auto file = open(world, "f", OpenMode::create);
  REQUIRE(file->write(0, as_bytes("0123456789")).has_value());
  std::vector<std::byte> into(4);

  REQUIRE(file->read(0, into) == 4);
  REQUIRE(as_text(into) == "0123");
  REQUIRE(file->read(6, into) == 4);
  REQUIRE(as_text(into) == "6789");
  REQUIRE(file->read(8, into) == 2);
  REQUIRE(as_text(ByteView(into).first(2)) == "89");
  REQUIRE(file->read(10, into) == 0);
  REQUIRE(file->read(1'000'000, into) == 0);
  REQUIRE(file->read(~std::uint64_t{0}, into) == 0);
}

TEMPLATE_TEST_CASE("a file grows with zeros, and shrinks", "[storage]", Native, Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  const auto file = open(world, "f", OpenMode::create);

  REQUIRE(file->write(3, as_bytes("abc")).has_value());
  REQUIRE(content(*file) == std::string("\0\0\0abc", 6));
  REQUIRE(file->truncate(4).has_value());
  REQUIRE(content(*file) == std::string("\0\0\0a", 4));
  REQUIRE(file->truncate(6).has_value());
  REQUIRE(content(*file) == std::string("\0\0\0a\0\0", 6));
  REQUIRE(file->truncate(0).has_value());
  REQUIRE(file->size() == 0);
}

TEMPLATE_TEST_CASE("writing nothing changes nothing, wherever it is", "[storage]", Native,
                   Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  const auto file = open(world, "f", OpenMode::create);
  REQUIRE(file->write(0, as_bytes("abc")).has_value());

  REQUIRE(file->write(0, {}).has_value());
  REQUIRE(file->write(100, {}).has_value());
  REQUIRE(file->read(0, {}) == 0);

  REQUIRE(content(*file) == "abc");
}

TEMPLATE_TEST_CASE("a file that cannot grow so far says that there is no space", "[storage]",
                   Native, Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  const auto file = open(world, "f", OpenMode::create);
  constexpr std::uint64_t farthest = ~std::uint64_t{0} - 10;

  REQUIRE(file->write(farthest, as_bytes("x")).error() == DiskError::no_space);
  REQUIRE(file->truncate(farthest).error() == DiskError::no_space);

  REQUIRE(file->size() == 0);
}

TEMPLATE_TEST_CASE("two who opened the same file see the same bytes", "[storage]", Native,
                   Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  const auto writer = open(world, "f", OpenMode::create);
  const auto reader = open(world, "f", OpenMode::read);
  std::string text;

  for (int i = 0; i < 100; ++i) {
    const std::string more = std::to_string(i) + " ";
    REQUIRE(writer->write(text.size(), as_bytes(more)).has_value());
    text += more;
    REQUIRE(content(*reader) == text);
  }
}

TEMPLATE_TEST_CASE("a sync is pending, then done, and then it wakes", "[storage]", Native,
                   Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  const auto file = open(world, "f", OpenMode::create);
  REQUIRE(file->write(0, as_bytes("abc")).has_value());
  Bell bell(world);

  const auto sync = file->sync(bell);
  const auto early = sync->result();
  REQUIRE(world.run_until([&] { return bell.rings() > 0; }));

  const bool expected = early.has_value() || early.error() == DiskError::pending;
  REQUIRE(expected);
  REQUIRE(finish(world, [&] { return sync->result(); }).has_value());
  REQUIRE(sync->result().has_value());
}

TEMPLATE_TEST_CASE("many syncs at once all end, and one given up wakes nobody", "[storage]", Native,
                   Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  auto one = open(world, "one", OpenMode::create);
  const auto two = open(world, "two", OpenMode::create);
  Bell bell(world);
  Bell given_up(world);
  std::vector<std::unique_ptr<seam::Sync>> syncs;

  (void)one->sync(given_up);
  const unsigned rings = given_up.rings();
  for (std::uint64_t i = 0; i < 20; ++i) {
    REQUIRE(one->write(i, as_bytes("1")).has_value());
    syncs.push_back(one->sync(bell));
    REQUIRE(two->truncate(i).has_value());
    syncs.push_back(two->sync(bell));
    syncs.push_back(world.environment().storage.sync_directory("", bell));
  }
  one.reset();  // a sync goes on without its file

  for (const auto& sync : syncs) {
    REQUIRE(finish(world, [&] { return sync->result(); }).has_value());
  }
  REQUIRE(given_up.rings() == rings);
}

TEMPLATE_TEST_CASE("what was synced is there in the next life", "[storage]", Native, Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  const std::string text(3'000, 's');
  REQUIRE(world.environment().storage.make_directory("d").has_value());
  {
    const auto file = open(world, "d/journal", OpenMode::create);
    REQUIRE(file->write(0, as_bytes(text)).has_value());
    REQUIRE(file->write(text.size(), as_bytes("cut off")).has_value());
    REQUIRE(file->truncate(text.size()).has_value());
    sync(world, *file);
  }
  REQUIRE(world.environment().storage.rename("d/journal", "d/final").has_value());
  sync_directory(world, "d");
  sync_directory(world, "");

  world.restart();

  REQUIRE(world.environment().storage.list("") == std::vector<std::string>{"d"});
  REQUIRE(world.environment().storage.list("d") == std::vector<std::string>{"final"});
  REQUIRE(content(*open(world, "d/final", OpenMode::read)) == text);
}

TEMPLATE_TEST_CASE("a sync that was given up still keeps its bytes", "[storage]", Native,
                   Simulated) {
  const Under<TestType> under;
  WorldUnderTest& world = *under;
  {
    Bell nobody(world);
    const auto file = open(world, "f", OpenMode::create);
    REQUIRE(file->write(0, as_bytes("first")).has_value());
    (void)file->sync(nobody);
    sync(world, *file);
    REQUIRE(file->write(0, as_bytes("FIRST")).has_value());
    sync(world, *file);
  }
  sync_directory(world, "");

  world.restart();

  REQUIRE(content(*open(world, "f", OpenMode::write)) == "FIRST");
}

}  // namespace
}  // namespace pre::conformance
