// Fixed hashing: the same on every compiler, machine and run. For event chains, keyed decisions and
// digests; not for tables keyed by what strangers
// send: those want a secret key.
#pragma once

#include <cstdint>

#include <preordain/base/bytes.hpp>

namespace pre {

// Bijective mixer (the finaliser of SplitMix64: Steele, Lea, Flood, OOPSLA 2014).
constexpr std::uint64_t mix(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15ULL;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

// Order matters: fold(a, b) != fold(b, a).
constexpr std::uint64_t fold(std::uint64_t state, std::uint64_t word) {
  return mix(state ^ (word + 0x9e3779b97f4a7c15ULL + (state << 6) + (state >> 2)));
}

// Hash of a short stable string, usable at compile time: names of decision sites, kinds, types.
constexpr std::uint64_t hash_text(std::string_view text) {
  std::uint64_t state = 0xcbf29ce484222325ULL;  // FNV-1a, then mixed
  for (char c : text) state = (state ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return mix(state ^ text.size());
}

// Hash of a byte sequence, eight bytes at a time.
std::uint64_t hash_bytes(ByteView bytes) noexcept;

}  // namespace pre
