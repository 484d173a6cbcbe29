// The first ten bytes in each direction: who we are not talking to. A web browser, a port scanner
// or a release from another age is recognised at its first wrong byte, before anything is parsed.
#pragma once

#include <cstdint>
#include <optional>

#include <preordain/base/bytes.hpp>
#include <preordain/remoting/wire.hpp>

#include "reasons.hpp"

namespace pre::remoting {

struct VersionRange {
  std::uint8_t min = version_min;
  std::uint8_t max = version_max;
  friend bool operator==(const VersionRange&, const VersionRange&) = default;
};

// The highest version that both speak.
std::optional<std::uint8_t> common_version(VersionRange ours, VersionRange theirs);

void append_preamble(VersionRange ours, Bytes& out);

class PreambleReader {
 public:
  // Takes what belongs to the preamble from the front of `input`.
  // done: theirs() holds. refused: bad_magic, at the first wrong byte.
  enum class Progress : std::uint8_t { more, done, refused };
  Progress read(ByteView& input);
  // Precondition: done.
  VersionRange theirs() const { return theirs_; }

 private:
  std::size_t seen_ = 0;
  VersionRange theirs_{};
};

}  // namespace pre::remoting
