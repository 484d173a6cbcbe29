// Somebody who connects to a node's port and says whatever it likes. The same code in both worlds.
#pragma once

#include <preordain/preordain.hpp>
#include <preordain/runtime/wake_signal.hpp>
#include <preordain/seam/network.hpp>

namespace attack {

using namespace pre;

struct Attack {
  std::string host;
  std::uint16_t port;
  Bytes bytes;
  using Reply = std::string;  // how the connection ended: "end", "reset", ...
};

class Attacker : public Actor<Attack> {
 public:
  Task<std::string> on(Attack attack) {
    WakeSignal woken(*this);
    auto stream = system().environment().network.connect({attack.host, attack.port}, woken);
    std::size_t sent = 0;
    std::array<std::byte, 256> answer;
    for (;;) {
      while (sent < attack.bytes.size()) {
        const auto wrote = stream->write(ByteView(attack.bytes).subspan(sent));
        if (!wrote) break;  // the reason shows when reading
        sent += *wrote;
      }
      const auto got = stream->read(answer);
      if (!got && got.error() != seam::NetError::would_block) {
        co_return seam::name_of(got.error());
      }
      if (got) continue;
      co_await woken.wait();
    }
  }
};

inline Bytes bytes_of(std::string_view text) {
  Bytes bytes;
  append(bytes, as_bytes(text));
  return bytes;
}

// What a real peer would say first: magic, versions 1 to 1.
inline Bytes preamble() { return bytes_of(std::string_view("PREORDN\0\x01\x01", 10)); }

// A hello frame's header that promises 2^31 bytes.
inline Bytes huge_frame() {
  Bytes bytes = preamble();
  std::array<std::byte, 16> header{};
  store_le(&header[0], std::uint32_t{1} << 31);
  header[4] = std::byte{1};
  append(bytes, header);
  return bytes;
}

// Half a hello, and then nothing.
inline Bytes half_hello() {
  Bytes bytes = preamble();
  std::array<std::byte, 20> half{};
  store_le(&half[0], std::uint32_t{64});
  half[4] = std::byte{1};
  append(bytes, half);
  return bytes;
}

inline Bytes random_bytes(std::uint64_t seed) {
  Bytes bytes(512);
  for (std::byte& b : bytes) {
    seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
    b = static_cast<std::byte>(seed >> 56);
  }
  return bytes;
}

inline Bytes http_request() { return bytes_of("GET / HTTP/1.1\r\nHost: n1\r\n\r\n"); }

}  // namespace attack
