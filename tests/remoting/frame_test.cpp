// Frames and preambles: golden bytes, and each way to be wrong.
#include <catch2/catch.hpp>

#include <algorithm>
#include <vector>

#include "frame.hpp"
#include "preamble.hpp"

namespace pre::remoting {
namespace {

Bytes bytes(std::string_view text) {
  const ByteView view = as_bytes(text);
  return {view.begin(), view.end()};
}

Bytes frame_of(FrameKind kind, std::string_view body) {
  Bytes out;
  FrameWriter().append_frame(kind, as_bytes(body), out);
  return out;
}

// What a fresh reader says about these bytes.
std::optional<Closed> verdict(const Bytes& raw, std::uint32_t body_max = 1000) {
  FrameReader reader(body_max);
  ByteView input = raw;
  while (reader.next(input)) {
  }
  return reader.error();
}

CloseReason reason_for(Bytes raw, std::size_t at, int value) {
  raw[at] = static_cast<std::byte>(value);
  const std::optional<Closed> closed = verdict(raw);
  REQUIRE(closed);
  return closed->reason;
}

TEST_CASE("a frame is its header in little endian and its body", "[remoting]") {
  Bytes out;
  FrameWriter writer;
  writer.append_frame(FrameKind::hello, {}, out);
  out.clear();
  writer.append_frame(FrameKind::envelope, as_bytes("hi"), out);

  const Bytes expected = bytes(std::string_view("\x02\0\0\0\x04\0\0\0\x01\0\0\0", 12));
  CHECK(Bytes(out.begin(), out.begin() + 12) == expected);
  CHECK(Bytes(out.begin() + 16, out.end()) == bytes("hi"));
  // Computed by Python: zlib.crc32(header + bytes(4) + b"hi").
  CHECK(load_le<std::uint32_t>(out.data() + 12) == 0x0deb78b8);
}

TEST_CASE("frames come out in order, with their numbers", "[remoting]") {
  Bytes raw;
  FrameWriter writer;
  writer.append_frame(FrameKind::ping, {}, raw);
  writer.append_frame(FrameKind::envelope, as_bytes("hello"), raw);

  FrameReader reader(100);
  ByteView input = raw;
  CHECK(reader.next(input) == Frame{FrameKind::ping, 0, {}});
  CHECK(reader.next(input) == Frame{FrameKind::envelope, 1, bytes("hello")});
  CHECK(reader.next(input) == std::nullopt);
  CHECK_FALSE(reader.error());
  CHECK(reader.pending() == 0);
  CHECK(reader.completed() == 2);
}

TEST_CASE("each damage to a frame has its own reason", "[remoting]") {
  const Bytes good = frame_of(FrameKind::envelope, "hello");

  CHECK_FALSE(verdict(good));
  CHECK(reason_for(good, 2, 1) == CloseReason::bad_length);
  CHECK(reason_for(good, 4, 0) == CloseReason::bad_kind);
  CHECK(reason_for(good, 4, 8) == CloseReason::bad_kind);
  CHECK(reason_for(good, 5, 1) == CloseReason::bad_flags);
  CHECK(reason_for(good, 7, 1) == CloseReason::bad_flags);
  CHECK(reason_for(good, 8, 1) == CloseReason::out_of_sequence);
  CHECK(reason_for(good, 12, 0) == CloseReason::bad_crc);
  CHECK(reason_for(good, 20, 0) == CloseReason::bad_crc);
  // Another kind that exists: only the checksum can know.
  CHECK(reason_for(good, 4, static_cast<int>(FrameKind::reply)) == CloseReason::bad_crc);
}

TEST_CASE("a frame that comes twice, or is missing, is out of sequence", "[remoting]") {
  FrameWriter writer;
  Bytes first;
  Bytes second;
  writer.append_frame(FrameKind::ping, {}, first);
  writer.append_frame(FrameKind::ping, {}, second);
  Bytes twice = first;
  append(twice, first);

  CHECK(verdict(twice)->reason == CloseReason::out_of_sequence);
  CHECK(verdict(second)->text == "frame 1 where 0 was due");
}

TEST_CASE("a reader that has failed takes nothing more", "[remoting]") {
  FrameReader reader(10);
  const Bytes raw = frame_of(FrameKind::envelope, "longer than ten");
  ByteView input = raw;
  CHECK_FALSE(reader.next(input));
  REQUIRE(reader.error());
  const std::size_t left = input.size();

  CHECK_FALSE(reader.next(input));
  CHECK(input.size() == left);
}

TEST_CASE("the limit may change between two frames of one read", "[remoting]") {
  FrameWriter writer;
  Bytes raw;
  writer.append_frame(FrameKind::hello, as_bytes("hi"), raw);
  writer.append_frame(FrameKind::envelope, as_bytes("longer than ten"), raw);
  FrameReader reader(10);
  ByteView input = raw;

  REQUIRE(reader.next(input));
  reader.set_body_max(100);

  CHECK(reader.next(input));
}

TEST_CASE("memory grows with what arrived, not with what was declared", "[remoting]") {
  Bytes raw;
  FrameWriter().append_frame(FrameKind::envelope, Bytes(frame_body_max_default), raw);
  FrameReader reader(frame_body_max_default);
  ByteView some = ByteView(raw).first(frame_header_bytes + 1);

  CHECK_FALSE(reader.next(some));
  CHECK(reader.capacity() <= receive_step + 100);

  ByteView rest = ByteView(raw).subspan(frame_header_bytes + 1);
  CHECK(reader.next(rest));
}

TEST_CASE("a frame that has begun has ten seconds, and more for what arrives", "[remoting]") {
  const Bytes raw = frame_of(FrameKind::envelope, std::string(40'000, 'x'));
  FrameReader reader(frame_body_max_default);
  FrameProgress progress;
  const Instant start{1s};
  progress.note(start, reader);
  CHECK(progress.deadline() == never);

  ByteView first = ByteView(raw).first(3);
  CHECK_FALSE(reader.next(first));
  progress.note(start, reader);
  CHECK(progress.deadline() == start + 10s);

  ByteView more = ByteView(raw).subspan(3, 33'000);
  CHECK_FALSE(reader.next(more));
  progress.note(start + 5s, reader);
  CHECK(progress.deadline() == start + 12s);

  ByteView rest = ByteView(raw).subspan(33'003);
  CHECK(reader.next(rest));
  progress.note(start + 6s, reader);
  CHECK(progress.deadline() == never);
}

TEST_CASE("the time of a frame does not count for the next one", "[remoting]") {
  FrameWriter writer;
  Bytes first;
  Bytes second;
  writer.append_frame(FrameKind::ping, as_bytes("one"), first);
  writer.append_frame(FrameKind::ping, as_bytes("two"), second);
  FrameReader reader(100);
  FrameProgress progress;
  ByteView begin = ByteView(first).first(5);
  CHECK_FALSE(reader.next(begin));
  progress.note(Instant{0s}, reader);

  // One read brings the end of the first and the beginning of the second.
  ByteView end = ByteView(first).subspan(5);
  CHECK(reader.next(end));
  ByteView next = ByteView(second).first(5);
  CHECK_FALSE(reader.next(next));
  progress.note(Instant{9s}, reader);

  CHECK(progress.deadline() == Instant{19s});
}

TEST_CASE("a preamble is magic and a range of versions", "[remoting]") {
  Bytes raw;
  append_preamble({1, 3}, raw);
  CHECK(raw == bytes(std::string_view("PREORDN\0\x01\x03", 10)));

  append(raw, as_bytes("rest"));
  PreambleReader reader;
  ByteView input = raw;
  CHECK(reader.read(input) == PreambleReader::Progress::done);
  CHECK(reader.theirs() == VersionRange{1, 3});
  CHECK(as_text(input) == "rest");
}

TEST_CASE("a preamble may come byte by byte, and is refused at the first wrong one", "[remoting]") {
  PreambleReader reader;
  for (std::string_view byte : {"P", "R", "E"}) {
    ByteView input = as_bytes(byte);
    CHECK(reader.read(input) == PreambleReader::Progress::more);
  }
  ByteView wrong = as_bytes("X");
  CHECK(reader.read(wrong) == PreambleReader::Progress::refused);
}

TEST_CASE("the common version is the highest of both, if there is one", "[remoting]") {
  CHECK(common_version({1, 3}, {2, 5}) == 3);
  CHECK(common_version({2, 5}, {1, 3}) == 3);
  CHECK(common_version({1, 1}, {1, 1}) == 1);
  CHECK(common_version({1, 2}, {3, 4}) == std::nullopt);
  // A range that is upside down has nothing in it.
  CHECK(common_version({1, 3}, {3, 1}) == std::nullopt);
}

TEST_CASE("every reason has a name of its own and is counted by itself", "[remoting]") {
  CloseCounts counts;
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < close_reason_count; ++i) {
    const auto reason = static_cast<CloseReason>(i);
    counts.add(reason);
    CHECK(counts.of(reason) == 1);
    CHECK_FALSE(name_of(reason).empty());
    names.push_back(name_of(reason));
  }
  CHECK(counts.total() == close_reason_count);
  std::sort(names.begin(), names.end());
  CHECK(std::adjacent_find(names.begin(), names.end()) == names.end());
}

}  // namespace
}  // namespace pre::remoting
