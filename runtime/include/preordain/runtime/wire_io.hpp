// Reading and writing of the protobuf wire format, below any type: varints, tags, lengths.
// https://protobuf.dev/programming-guides/encoding/. The reader trusts nothing it reads.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <preordain/base/bytes.hpp>
#include <preordain/base/error.hpp>

namespace pre::wire {

class Context;

enum class WireType : std::uint8_t {
  varint = 0,
  fixed64 = 1,
  length = 2,  // strings, bytes, nested messages, packed numbers
  group_start = 3,
  group_end = 4,  // groups are read over, never written
  fixed32 = 5,
};

// How deep messages may lie in one another.
inline constexpr unsigned depth_max = 32;

// Writers append to `out`. A word is the bits of a number: sign-extended for varint.
void put_varint(Bytes& out, std::uint64_t word);
void put_tag(Bytes& out, unsigned field, WireType type);
void put_word(Bytes& out, WireType type, std::uint64_t word);
void put_blob(Bytes& out, unsigned field, ByteView blob);

// A length-delimited field whose size is known only afterwards.
std::size_t begin_length(Bytes& out, unsigned field);
enum class IfEmpty : std::uint8_t { keep, drop };
void end_length(Bytes& out, unsigned field, std::size_t begun, IfEmpty if_empty);

// Walks over the fields of one message. After a failure every call gives nothing and next() is
// false, so that callers need to look only once, at the end.
class Reader {
 public:
  Reader(ByteView bytes, Context* context);

  // Moves to the next field of the current message; false at its end or after a failure.
  bool next();
  unsigned field() const { return field_; }
  WireType type() const { return type_; }
  Context* context() const { return context_; }

  // The value of the current field. The bytes of blob() live as long as the input.
  std::uint64_t word(WireType type);
  ByteView blob();
  void skip();
  // False, and a failure, unless the current field has this wire type.
  bool expect(WireType type);

  // Bytes are left in what was narrowed to.
  bool more() const { return !failed_ && !left_.empty(); }

  // What lies around a length-delimited field while we are inside it.
  struct Outer {
    ByteView left;
    unsigned field = 0;
    unsigned depth = 0;
  };
  enum class Inside : std::uint8_t { message, packed };
  Outer enter(Inside what);
  void leave(const Outer& outer);

  // The first failure counts.
  void fail(std::string reason);
  bool failed() const { return failed_; }
  // Precondition: failed(). "bank::Withdraw: field 2.1: the number does not fit its type"
  Error error(std::string_view message) const;

 private:
  void skip_group(unsigned field);
  void skip_value(WireType type);
  ByteView take(std::size_t size);

  ByteView left_;
  Context* context_;
  unsigned field_ = 0;
  WireType type_ = WireType::varint;
  unsigned depth_ = 0;
  bool failed_ = false;
  std::string path_;
  std::string reason_;
};

}  // namespace pre::wire
