// Writers of the protobuf wire format.
#include <array>
#include <limits>

#include <preordain/base/assert.hpp>
#include <preordain/runtime/wire.hpp>

namespace pre::wire {
namespace {

// 64 bits in groups of seven.
constexpr std::size_t varint_size_max = 10;

struct Varint {
  std::array<std::byte, varint_size_max> bytes;
  std::size_t size = 0;
  ByteView view() const { return ByteView(bytes).first(size); }
};

Varint varint_of(std::uint64_t word) {
  Varint out{};
  while (word >= 0x80) {
    out.bytes[out.size++] = static_cast<std::byte>(word | 0x80);
    word >>= 7;
  }
  out.bytes[out.size++] = static_cast<std::byte>(word);
  return out;
}

}  // namespace

void put_varint(Bytes& out, std::uint64_t word) { append(out, varint_of(word).view()); }

void put_tag(Bytes& out, unsigned field, WireType type) {
  put_varint(out, (std::uint64_t{field} << 3) | static_cast<std::uint64_t>(type));
}

void put_word(Bytes& out, WireType type, std::uint64_t word) {
  std::array<std::byte, 8> fixed{};
  switch (type) {
    case WireType::varint:
      put_varint(out, word);
      return;
    case WireType::fixed32:
      store_le(fixed.data(), static_cast<std::uint32_t>(word));
      append(out, ByteView(fixed).first(4));
      return;
    case WireType::fixed64:
      store_le(fixed.data(), word);
      append(out, fixed);
      return;
    default:
      PRE_UNREACHABLE("numbers are varint, fixed32 or fixed64");
  }
}

void put_blob(Bytes& out, unsigned field, ByteView blob) {
  put_tag(out, field, WireType::length);
  put_varint(out, blob.size());
  append(out, blob);
}

std::size_t begin_length(Bytes& out, unsigned field) {
  put_tag(out, field, WireType::length);
  return out.size();
}

void end_length(Bytes& out, unsigned field, std::size_t begun, IfEmpty if_empty) {
  PRE_ASSERT(begun <= out.size(), "what was begun is still there");
  const std::size_t size = out.size() - begun;
  if (size == 0 && if_empty == IfEmpty::drop) {
    const std::size_t tag = varint_of(std::uint64_t{field} << 3).size;
    out.resize(begun - tag);
    return;
  }
  const Varint length = varint_of(size);
  const ByteView view = length.view();
  out.insert(out.begin() + static_cast<std::ptrdiff_t>(begun), view.begin(), view.end());
}

std::int64_t saturating_nanoseconds(std::int64_t count, std::int64_t per_tick) {
  std::int64_t out = 0;
  if (!__builtin_mul_overflow(count, per_tick, &out)) return out;
  return count < 0 ? std::numeric_limits<std::int64_t>::min()
                   : std::numeric_limits<std::int64_t>::max();
}

}  // namespace pre::wire
