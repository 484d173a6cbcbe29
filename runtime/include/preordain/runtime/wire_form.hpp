// Which types have a wire form, decided at compile time without errors: a message that stays on its
// node may hold anything. A plain aggregate is taken apart by Boost.PFR; what PFR would refuse with
// an error (arrays, base classes, references) is recognised here first. Two things cannot be
// recognised and do not compile: bit-fields and unnamed unions.
#pragma once

#include <chrono>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <boost/pfr/core.hpp>

#include <preordain/base/bytes.hpp>
#include <preordain/base/duration.hpp>
#include <preordain/base/result.hpp>
#include <preordain/runtime/wire_io.hpp>

namespace pre::wire {

// To give a type a wire form of its own (refs do), specialise this before the type is first used in
// a message:
//   static void encode(const T&, Bytes& payload, Context*);      appends; may append nothing
//   static Result<T> decode(ByteView payload, Context*);
// The type must be default-constructible; an absent field is T{}, and an empty payload is left out.
template <class T>
struct WireField;

inline constexpr std::size_t fields_max = 32;

// A type that converts to whatever a field wants to be.
struct Anything {
  template <class T>
  operator T() const;  // NOLINT(google-explicit-constructor)
};

// Converts to base classes of T only.
template <class T>
struct AnyBaseOf {
  template <class Base>
    requires(std::is_base_of_v<Base, T> && !std::is_same_v<Base, T>)
  operator Base() const;  // NOLINT(google-explicit-constructor)
};

template <std::size_t>
using AnythingAt = Anything;

template <class T, std::size_t... I>
constexpr bool takes(std::index_sequence<I...>) {
  return requires { T{AnythingAt<I>{}...}; };
}

// Not if the field after `Before` fields is an array: that takes several values, or one {}.
template <class T, std::size_t... Before, std::size_t... After>
constexpr bool takes_one_between(std::index_sequence<Before...>, std::index_sequence<After...>) {
  return requires { T{AnythingAt<Before>{}..., {}, AnythingAt<After>{}...}; };
}

// The number of fields, or of elements where arrays are among them; fields_max + 1 for more.
template <class T, std::size_t N = 0>
constexpr std::size_t count_fields() {
  if constexpr (N > fields_max) {
    return N;
  } else if constexpr (takes<T>(std::make_index_sequence<N + 1>{})) {
    return count_fields<T, N + 1>();
  } else {
    return N;
  }
}

template <class T, std::size_t N, std::size_t... I>
constexpr bool no_arrays(std::index_sequence<I...>) {
  return (
      takes_one_between<T>(std::make_index_sequence<I>{}, std::make_index_sequence<N - 1 - I>{}) &&
      ...);
}

template <class T>
constexpr bool plain_fields() {
  constexpr std::size_t count = count_fields<T>();
  if constexpr (count > fields_max) {
    return false;
  } else {
    return no_arrays<T, count>(std::make_index_sequence<count>{});
  }
}

// An aggregate of public fields: what can be taken apart.
template <class T>
concept Plain = std::is_class_v<T> && std::is_aggregate_v<T> && std::default_initializable<T> &&
                std::is_move_constructible_v<T> && std::is_move_assignable_v<T> &&
                !requires { T{AnyBaseOf<T>{}}; } && plain_fields<T>();

template <class T>
concept Custom = requires { sizeof(WireField<T>); };

template <class T>
concept Blob = std::same_as<T, std::string> || std::same_as<T, Bytes>;

template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;
template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

// Whole numbers of whole nanoseconds.
template <class T>
inline constexpr bool is_duration = false;
template <class Rep, class Period>
inline constexpr bool is_duration<std::chrono::duration<Rep, Period>> =
    std::integral<Rep> && std::ratio_divide<Period, std::nano>::den == 1;

// A number: all go through a word of 64 bits, so that one function writes them all.
template <class T>
concept Number = ((std::integral<T> || std::is_enum_v<T>) && sizeof(T) <= sizeof(std::uint64_t)) ||
                 std::same_as<T, float> || std::same_as<T, double> || std::same_as<T, WallTime> ||
                 is_duration<T>;

// `Seen` are the messages we are inside of: a tree may hold a vector of itself.
template <class T, class... Seen>
constexpr bool has_form();

template <class T, class Index, class... Seen>
struct AllFields;
template <class T, std::size_t... I, class... Seen>
struct AllFields<T, std::index_sequence<I...>, Seen...> {
  static constexpr bool value = (has_form<boost::pfr::tuple_element_t<I, T>, Seen...>() && ...);
};

template <class T, class... Seen>
constexpr bool has_message_form() {
  if constexpr ((std::is_same_v<T, Seen> || ...)) {
    return true;
  } else if constexpr (Plain<T>) {
    if constexpr (count_fields<T>() == 0) {
      return true;
    } else {
      return AllFields<T, std::make_index_sequence<count_fields<T>()>, T, Seen...>::value;
    }
  } else {
    return false;
  }
}

template <class T, class... Seen>
constexpr bool has_form() {
  if constexpr (Custom<T>) {
    return std::default_initializable<T> && std::is_move_assignable_v<T>;
  } else if constexpr (Number<T> || Blob<T>) {
    return true;
  } else if constexpr (is_vector<T> || is_optional<T>) {
    using Element = typename T::value_type;
    return !is_optional<Element> && (!is_vector<Element> || Blob<Element>) &&
           has_form<Element, Seen...>();
  } else {
    return has_message_form<T, Seen...>();
  }
}

// A message all of whose fields, and theirs, have a wire form.
template <class M>
concept Encodable = requires { sizeof(M); } && has_message_form<M>();

}  // namespace pre::wire
