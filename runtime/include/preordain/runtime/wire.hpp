// Plain structs as protobuf messages, without a schema file: field i of the struct is field number
// i + 1. Append fields; never reorder or reuse them.
//
//   struct Withdraw { std::int64_t cents; std::string why; };   {150, "rent"}
//   message Withdraw { int64 cents = 1; string why = 2; }       08 96 01 12 04 72 65 6e 74
//
//   C++                                protobuf
//   bool, integers, enums              bool, int32, int64, uint32, uint64, enum (never sint, fixed)
//   float, double                      float, double
//   durations, WallTime                int64, nanoseconds (saturated; coarser units are cut off)
//   std::string, Bytes                 string, bytes (UTF-8 is not checked in either direction)
//   std::vector<T>                     repeated T, numbers packed; either way accepted
//   std::optional<T>                   optional T
//   a struct like these                its message
//   WireField<T>                       bytes
//
// Fields of value zero are left out, whatever their default in C++: an absent field decodes to
// zero. A struct field that encodes to nothing is left out too. Unknown fields are skipped; of a
// scalar the last one counts; a nested message given twice is merged.
#pragma once

#include <bit>
#include <limits>

#include <preordain/base/wire_type_name.hpp>
#include <preordain/runtime/wire_form.hpp>

namespace pre::wire {

// What a WireField needs to know to write or make its type, such as the system that refs belong to.
// The layer with that type derives from this and casts; there is one kind of Context in a program.
// Everything else ignores it, and it may be null.
class Context {
 public:
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

 protected:
  Context() = default;
  virtual ~Context() = default;
};

// Nanoseconds in one tick of D, saturated count by count.
std::int64_t saturating_nanoseconds(std::int64_t count, std::int64_t per_tick);

template <Number T>
constexpr WireType word_type() {
  if constexpr (std::same_as<T, float>) return WireType::fixed32;
  if constexpr (std::same_as<T, double>) return WireType::fixed64;
  return WireType::varint;
}

template <class D>
inline constexpr std::int64_t nanoseconds_per_tick =
    std::ratio_divide<typename D::period, std::nano>::num;

template <Number T>
std::uint64_t to_word(T value) {
  if constexpr (std::same_as<T, float>) {
    return std::bit_cast<std::uint32_t>(value);
  } else if constexpr (std::same_as<T, double>) {
    return std::bit_cast<std::uint64_t>(value);
  } else if constexpr (std::same_as<T, WallTime>) {
    return to_word(value.time_since_epoch());
  } else if constexpr (is_duration<T>) {
    return static_cast<std::uint64_t>(
        saturating_nanoseconds(static_cast<std::int64_t>(value.count()), nanoseconds_per_tick<T>));
  } else if constexpr (std::is_enum_v<T>) {
    return to_word(static_cast<std::underlying_type_t<T>>(value));
  } else {
    return static_cast<std::uint64_t>(value);  // signed numbers are sign-extended
  }
}

// False if the number does not fit T.
template <Number T>
bool from_word(std::uint64_t word, T& value) {
  if constexpr (std::same_as<T, bool>) {
    value = word != 0;
  } else if constexpr (std::same_as<T, float>) {
    value = std::bit_cast<float>(static_cast<std::uint32_t>(word));
  } else if constexpr (std::same_as<T, double>) {
    value = std::bit_cast<double>(word);
  } else if constexpr (std::same_as<T, WallTime>) {
    value = WallTime(Duration(static_cast<std::int64_t>(word)));
  } else if constexpr (is_duration<T>) {
    typename T::rep count{};
    const auto ticks = static_cast<std::int64_t>(word) / nanoseconds_per_tick<T>;
    const bool fits = from_word(static_cast<std::uint64_t>(ticks), count);
    value = T(count);
    return fits;
  } else if constexpr (std::is_enum_v<T>) {
    std::underlying_type_t<T> number{};
    const bool fits = from_word(word, number);
    value = static_cast<T>(number);
    return fits;
  } else {
    value = static_cast<T>(word);
    return to_word(value) == word;
  }
  return true;
}

template <Encodable M>
void write_message(const M& message, Bytes& out, Context* context);
template <Encodable M>
void read_message(Reader& reader, M& message);

// One value with its tag, also if it is zero: elements of vectors, and optionals that are set.
template <class T>
void write_present(const T& value, unsigned field, Bytes& out, Context* context, IfEmpty if_empty) {
  if constexpr (Custom<T>) {
    const std::size_t begun = begin_length(out, field);
    WireField<T>::encode(value, out, context);
    end_length(out, field, begun, if_empty);
  } else if constexpr (Number<T>) {
    put_tag(out, field, word_type<T>());
    put_word(out, word_type<T>(), to_word(value));
  } else if constexpr (Blob<T>) {
    put_blob(out, field, std::as_bytes(std::span(value)));
  } else {
    const std::size_t begun = begin_length(out, field);
    write_message(value, out, context);
    end_length(out, field, begun, if_empty);
  }
}

template <class T>
void write_vector(const std::vector<T>& values, unsigned field, Bytes& out, Context* context) {
  if constexpr (Number<T> && !Custom<T>) {
    const std::size_t begun = begin_length(out, field);
    for (const T value : values) put_word(out, word_type<T>(), to_word(value));
    end_length(out, field, begun, IfEmpty::drop);
  } else {
    for (const T& value : values) write_present(value, field, out, context, IfEmpty::keep);
  }
}

template <class T>
void write_field(const T& value, unsigned field, Bytes& out, Context* context) {
  if constexpr (Custom<T>) {
    write_present(value, field, out, context, IfEmpty::drop);
  } else if constexpr (Number<T>) {
    if (to_word(value) != 0) write_present(value, field, out, context, IfEmpty::keep);
  } else if constexpr (Blob<T>) {
    if (!value.empty()) write_present(value, field, out, context, IfEmpty::keep);
  } else if constexpr (is_vector<T>) {
    write_vector(value, field, out, context);
  } else if constexpr (is_optional<T>) {
    if (value) write_present(*value, field, out, context, IfEmpty::keep);
  } else {
    write_present(value, field, out, context, IfEmpty::drop);
  }
}

template <Encodable M>
void write_message(const M& message, Bytes& out, Context* context) {
  if constexpr (count_fields<M>() != 0) {
    boost::pfr::for_each_field(message, [&](const auto& value, std::size_t index) {
      write_field(value, static_cast<unsigned>(index) + 1, out, context);
    });
  }
}

// Zero, not the default of C++: what an absent field means.
template <class T>
void clear(T& value) {
  if constexpr (!Custom<T> && Plain<T>) {
    if constexpr (count_fields<T>() != 0) {
      boost::pfr::for_each_field(value, [](auto& field) { clear(field); });
    }
  } else {
    value = T{};
  }
}

template <Number T>
void read_number(Reader& reader, T& value) {
  const std::uint64_t word = reader.word(word_type<T>());
  if (!reader.failed() && !from_word(word, value)) reader.fail("the number does not fit its type");
}

// One value; a message is merged into what is there.
template <class T>
void read_present(Reader& reader, T& value) {
  if constexpr (!Custom<T> && Number<T>) {
    if (reader.expect(word_type<T>())) read_number(reader, value);
    return;
  }
  if (!reader.expect(WireType::length)) return;
  if constexpr (Custom<T>) {
    Result<T> made = WireField<T>::decode(reader.blob(), reader.context());
    if (reader.failed()) return;
    if (!made) return reader.fail(made.error().detail);
    value = *std::move(made);
  } else if constexpr (Blob<T>) {
    const ByteView blob = reader.blob();
    const auto* first = reinterpret_cast<const typename T::value_type*>(blob.data());
    value.assign(first, first + blob.size());
  } else if constexpr (!Number<T>) {
    const Reader::Outer outer = reader.enter(Reader::Inside::message);
    read_message(reader, value);
    reader.leave(outer);
  }
}

template <class T>
void read_element(Reader& reader, std::vector<T>& values) {
  T value{};
  clear(value);
  read_present(reader, value);
  if (!reader.failed()) values.push_back(std::move(value));
}

template <Number T>
void read_packed(Reader& reader, std::vector<T>& values) {
  const Reader::Outer outer = reader.enter(Reader::Inside::packed);
  while (reader.more()) {
    T value{};
    read_number(reader, value);
    if (!reader.failed()) values.push_back(value);
  }
  reader.leave(outer);
}

template <class T>
void read_field(Reader& reader, T& value) {
  if constexpr (Custom<T> || Blob<T>) {
    read_present(reader, value);
  } else if constexpr (is_vector<T>) {
    using Element = typename T::value_type;
    if constexpr (Number<Element> && !Custom<Element>) {
      if (reader.type() == WireType::length) return read_packed(reader, value);
    }
    read_element(reader, value);
  } else if constexpr (is_optional<T>) {
    if (!value) clear(value.emplace());
    read_present(reader, *value);
  } else {
    read_present(reader, value);
  }
}

template <Encodable M>
void read_message(Reader& reader, M& message) {
  while (reader.next()) {
    bool known = false;
    if constexpr (count_fields<M>() != 0) {
      boost::pfr::for_each_field(message, [&](auto& value, std::size_t index) {
        if (known || index + 1 != reader.field()) return;
        known = true;
        read_field(reader, value);
      });
    }
    if (!known) reader.skip();
  }
}

// Appends the message to `out`. An empty struct is zero bytes.
template <Encodable M>
void encode(const M& message, Bytes& out, Context* context) {
  write_message(message, out, context);
}

// Errc::not_serializable, naming the field and the reason, if the bytes are not an M. Never reads
// out of bounds, never allocates for bytes that did not arrive; nesting is at most depth_max.
template <Encodable M>
Result<M> decode(ByteView bytes, Context* context) {
  Reader reader(bytes, context);
  M message{};
  clear(message);
  read_message(reader, message);
  if (reader.failed()) return reader.error(type_name<M>());
  return message;
}

}  // namespace pre::wire
