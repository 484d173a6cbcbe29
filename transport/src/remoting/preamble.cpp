#include "preamble.hpp"

#include <algorithm>

namespace pre::remoting {

std::optional<std::uint8_t> common_version(VersionRange ours, VersionRange theirs) {
  const std::uint8_t low = std::max(ours.min, theirs.min);
  const std::uint8_t high = std::min(ours.max, theirs.max);
  if (low > high) return std::nullopt;
  return high;
}

void append_preamble(VersionRange ours, Bytes& out) {
  append(out, as_bytes(preamble_magic));
  out.push_back(std::byte{ours.min});
  out.push_back(std::byte{ours.max});
}

PreambleReader::Progress PreambleReader::read(ByteView& input) {
  while (seen_ < preamble_bytes && !input.empty()) {
    const auto byte = std::to_integer<std::uint8_t>(input[0]);
    if (seen_ < preamble_magic.size()) {
      if (byte != static_cast<std::uint8_t>(preamble_magic[seen_])) return Progress::refused;
    } else if (seen_ == preamble_magic.size()) {
      theirs_.min = byte;
    } else {
      theirs_.max = byte;
    }
    input = input.subspan(1);
    ++seen_;
  }
  return seen_ == preamble_bytes ? Progress::done : Progress::more;
}

}  // namespace pre::remoting
