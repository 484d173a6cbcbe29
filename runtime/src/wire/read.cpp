// The reader of the protobuf wire format. Every length is compared with what is left before it is
// used; nothing is allocated here but the text of a failure.
#include <array>
#include <limits>
#include <utility>

#include <preordain/base/assert.hpp>
#include <preordain/runtime/wire_io.hpp>

namespace pre::wire {

Reader::Reader(ByteView bytes, Context* context) : left_(bytes), context_(context) {}

bool Reader::next() {
  if (!more()) return false;
  field_ = 0;
  const std::uint64_t tag = word(WireType::varint);
  if (failed_) return false;
  const std::uint64_t type = tag & 7;
  if (tag > std::numeric_limits<std::uint32_t>::max() || tag < 8) {
    fail("a tag without a valid field number");
    return false;
  }
  field_ = static_cast<unsigned>(tag >> 3);
  if (type == 6 || type == 7) {
    fail("there is no wire type " + std::to_string(type));
    return false;
  }
  type_ = static_cast<WireType>(type);
  return true;
}

std::uint64_t Reader::word(WireType type) {
  if (failed_) return 0;
  if (type == WireType::fixed32) {
    const ByteView bytes = take(4);
    return failed_ ? 0 : load_le<std::uint32_t>(bytes.data());
  }
  if (type == WireType::fixed64) {
    const ByteView bytes = take(8);
    return failed_ ? 0 : load_le<std::uint64_t>(bytes.data());
  }
  PRE_ASSERT(type == WireType::varint, "numbers are varint, fixed32 or fixed64");
  std::uint64_t word = 0;
  for (unsigned shift = 0; shift < 70; shift += 7) {
    const ByteView byte = take(1);
    if (failed_) return 0;
    const std::uint64_t bits = std::to_integer<std::uint64_t>(byte[0]);
    // Of the tenth byte only one bit fits; like protobuf we let the others go.
    word |= (bits & 0x7f) << shift;
    if (bits < 0x80) return word;
  }
  fail("a varint longer than ten bytes");
  return 0;
}

ByteView Reader::take(std::size_t size) {
  if (size > left_.size()) {
    fail("the input ends early");
    return {};
  }
  const ByteView taken = left_.first(size);
  left_ = left_.subspan(size);
  return taken;
}

ByteView Reader::blob() {
  const std::uint64_t size = word(WireType::varint);
  if (failed_) return {};
  if (size > left_.size()) {
    fail("declares " + std::to_string(size) + " bytes where " + std::to_string(left_.size()) +
         " are left");
    return {};
  }
  return take(static_cast<std::size_t>(size));
}

bool Reader::expect(WireType type) {
  if (failed_) return false;
  if (type_ == type) return true;
  fail("wire type " + std::to_string(static_cast<int>(type_)) + " where " +
       std::to_string(static_cast<int>(type)) + " is expected");
  return false;
}

void Reader::skip() {
  if (failed_) return;
  if (type_ == WireType::group_start) {
    skip_group(field_);
  } else {
    skip_value(type_);
  }
}

void Reader::skip_value(WireType type) {
  switch (type) {
    case WireType::varint:
      word(WireType::varint);
      return;
    case WireType::fixed32:
      take(4);
      return;
    case WireType::fixed64:
      take(8);
      return;
    case WireType::length:
      blob();
      return;
    default:
      fail("the end of a group that was never begun");
  }
}

void Reader::skip_group(unsigned field) {
  std::array<unsigned, depth_max> open{};
  std::size_t count = 0;
  open[count++] = field;
  while (count > 0) {
    if (!next()) {
      if (!failed_) fail("a group without an end");
      return;
    }
    if (type_ == WireType::group_end) {
      if (open[count - 1] != field_) return fail("the end of a group that was never begun");
      --count;
    } else if (type_ == WireType::group_start) {
      if (count == open.size()) return fail("groups nested too deep");
      open[count++] = field_;
    } else {
      skip_value(type_);
    }
  }
}

Reader::Outer Reader::enter(Inside what) {
  if (what == Inside::message && depth_ == depth_max) fail("messages nested too deep");
  const ByteView inner = blob();
  const Outer outer{left_, field_, depth_};
  left_ = inner;
  if (what == Inside::message) ++depth_;
  return outer;
}

void Reader::leave(const Outer& outer) {
  left_ = outer.left;
  depth_ = outer.depth;
  field_ = outer.field;
  // The failure happened deeper down; here is where that was.
  if (failed_) path_ = std::to_string(outer.field) + (path_.empty() ? "" : "." + path_);
}

void Reader::fail(std::string reason) {
  if (failed_) return;
  failed_ = true;
  reason_ = std::move(reason);
  if (field_ != 0) path_ = std::to_string(field_);
}

Error Reader::error(std::string_view message) const {
  PRE_ASSERT(failed_, "there is no error to tell");
  std::string text(message);
  if (!path_.empty()) text += ": field " + path_;
  return Error(Errc::not_serializable, text + ": " + reason_);
}

}  // namespace pre::wire
