// Two ends of one connection, and what their owners do with them.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <preordain/base/bytes.hpp>
#include <preordain/seam/network.hpp>

#include "callbacks.hpp"
#include "world_under_test.hpp"

namespace pre::conformance {

// near: the end of n1, which connected. far: the end of its peer, which listened. Both know that
// they are connected, and both are empty.
struct Pair {
  explicit Pair(WorldUnderTest& world);

  WorldUnderTest& world;
  Bell listening;
  Bell near_bell;
  Bell far_bell;
  std::unique_ptr<seam::Listener> listener;
  std::unique_ptr<seam::Stream> near;
  std::unique_ptr<seam::Stream> far;
};

// A port of the peer on which nobody listens.
seam::Endpoint deserted(WorldUnderTest& world);

// All of it; fails the test if the stream breaks.
void write_all(WorldUnderTest& world, seam::Stream& stream, std::string_view text);
// As much as is taken before would_block, from the beginning of a flood; the test fails if that is
// everything.
std::size_t fill(WorldUnderTest& world, seam::Stream& stream);
std::string read_exactly(WorldUnderTest& world, seam::Stream& stream, std::size_t size);

struct Heard {
  std::string text;
  seam::NetError why;  // what came after it
};
Heard read_to_end(WorldUnderTest& world, seam::Stream& stream);
// Writes until it fails.
seam::NetError write_to_end(WorldUnderTest& world, seam::Stream& stream);

// A flood is this text over and over. Its length is prime, so that no buffer hides a lost piece.
std::string_view flood_period();
bool is_flood(std::string_view text, std::size_t from = 0);
// The bytes of a flood from `at` on, some of them, and not beyond `end`.
std::string_view flood_at(std::size_t at, std::size_t end);

}  // namespace pre::conformance
