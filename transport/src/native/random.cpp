#include "native/random.hpp"

#include <sys/random.h>

#include <bit>
#include <cerrno>

#include <preordain/base/assert.hpp>
#include <preordain/native/machine.hpp>

namespace pre::native {
namespace {

struct Sip {
  std::uint64_t a, b, c, d;

  void round() noexcept {
    a += b;
    b = std::rotl(b, 13) ^ a;
    a = std::rotl(a, 32);
    c += d;
    d = std::rotl(d, 16) ^ c;
    a += d;
    d = std::rotl(d, 21) ^ a;
    c += b;
    b = std::rotl(b, 17) ^ c;
    c = std::rotl(c, 32);
  }
};

// SipHash-2-4 of the eight bytes of `word`.
std::uint64_t sip_hash(const std::array<std::uint64_t, 2>& key, std::uint64_t word) noexcept {
  constexpr std::uint64_t length = std::uint64_t{8} << 56;
  Sip sip{key[0] ^ 0x736f6d6570736575ULL, key[1] ^ 0x646f72616e646f6dULL,
          key[0] ^ 0x6c7967656e657261ULL, key[1] ^ 0x7465646279746573ULL};
  for (const std::uint64_t block : {word, length}) {
    sip.d ^= block;
    sip.round();
    sip.round();
    sip.a ^= block;
  }
  sip.c ^= 0xff;
  for (int i = 0; i < 4; ++i) sip.round();
  return sip.a ^ sip.b ^ sip.c ^ sip.d;
}

}  // namespace

std::uint64_t entropy() {
  std::uint64_t bits = 0;
  ssize_t got = -1;
  do got = ::getrandom(&bits, sizeof bits, 0);
  while (got < 0 && errno == EINTR);
  // Requests of up to 256 bytes are never cut short, and the call exists since Linux 3.17.
  PRE_ASSERT(got == sizeof bits, "the kernel's random source answers");
  return bits;
}

SystemRandom::SystemRandom() : key_{entropy(), entropy()} {}

std::uint64_t SystemRandom::next() noexcept {
  return sip_hash(key_, drawn_.fetch_add(1, std::memory_order_relaxed));
}

}  // namespace pre::native
