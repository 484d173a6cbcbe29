// Owners that wait for their streams, and a text long enough to fill them.
#include "streams.hpp"

#include <algorithm>
#include <vector>

namespace pre::conformance {

Pair::Pair(WorldUnderTest& w) : world(w), listening(w), near_bell(w), far_bell(w) {
  auto opened = world.peer().network.listen({world.peer_host(), 0}, listening);
  REQUIRE(opened.has_value());
  listener = std::move(*opened);
  near = world.environment().network.connect(listener->local(), near_bell);
  auto accepted = finish(world, [this] { return listener->accept(far_bell); });
  REQUIRE(accepted.has_value());
  far = std::move(*accepted);
  write_all(world, *near, "x");
  REQUIRE(read_exactly(world, *far, 1) == "x");
}

seam::Endpoint deserted(WorldUnderTest& world) {
  Bell bell(world);
  const auto listener = world.peer().network.listen({world.peer_host(), 0}, bell);
  REQUIRE(listener.has_value());
  return (*listener)->local();
}

void write_all(WorldUnderTest& world, seam::Stream& stream, std::string_view text) {
  while (!text.empty()) {
    const auto taken = finish(world, [&] { return stream.write(as_bytes(text)); });
    if (!taken) FAIL("write: " << name_of(taken.error()));
    if (*taken == 0 || *taken > text.size()) FAIL("write took " << *taken << " bytes");
    text.remove_prefix(*taken);
  }
}

std::size_t fill(WorldUnderTest& world, seam::Stream& stream) {
  const std::size_t end = world.flood();
  std::size_t done = 0;
  while (done < end) {
    const auto taken = stream.write(as_bytes(flood_at(done, end)));
    if (!taken) {
      REQUIRE(taken.error() == seam::NetError::would_block);
      return done;
    }
    done += *taken;
  }
  FAIL("a stream takes " << end << " bytes that nobody reads");
  return done;
}

std::string read_exactly(WorldUnderTest& world, seam::Stream& stream, std::size_t size) {
  std::string text;
  while (text.size() < size) {
    std::vector<std::byte> piece(size - text.size());
    const auto got = finish(world, [&] { return stream.read(piece); });
    if (!got) FAIL("read: " << name_of(got.error()));
    if (*got == 0 || *got > piece.size()) FAIL("read gave " << *got << " bytes");
    text += as_text(ByteView(piece).first(*got));
  }
  return text;
}

Heard read_to_end(WorldUnderTest& world, seam::Stream& stream) {
  std::string text;
  std::vector<std::byte> piece(64 * 1024);
  for (;;) {
    const auto got = finish(world, [&] { return stream.read(piece); });
    if (!got) return {std::move(text), got.error()};
    text += as_text(ByteView(piece).first(*got));
  }
}

seam::NetError write_to_end(WorldUnderTest& world, seam::Stream& stream) {
  for (std::size_t done = 0; done < world.flood();) {
    const auto taken = finish(world, [&] { return stream.write(as_bytes("more")); });
    if (!taken) return taken.error();
    done += *taken;
  }
  FAIL("a broken stream takes bytes for ever");
  return {};
}

std::string_view flood_period() {
  static const std::string period = [] {
    std::string text(65'521, '\0');
    std::uint32_t state = 1;
    for (char& c : text) {
      state = state * 1'664'525 + 1'013'904'223;
      c = static_cast<char>(state >> 24);
    }
    return text;
  }();
  return period;
}

std::string_view flood_at(std::size_t at, std::size_t end) {
  return flood_period().substr(at % flood_period().size()).substr(0, end - at);
}

bool is_flood(std::string_view text, std::size_t from) {
  const std::size_t end = from + text.size();
  for (std::size_t at = from; at < end;) {
    const std::string_view expected = flood_at(at, end);
    if (text.substr(at - from, expected.size()) != expected) return false;
    at += expected.size();
  }
  return true;
}

}  // namespace pre::conformance
