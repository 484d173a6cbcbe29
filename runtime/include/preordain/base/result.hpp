// A value or an Error. A thin face on tl::expected (std::expected is missing in C++20): implicit
// from a value, from an Error and from refuse(...); value() throws the Error as a Failure, so
// inside a handler an unhandled error reaches whoever asked.
#pragma once

#include <tl/expected.hpp>
#include <type_traits>
#include <utility>

#include <preordain/base/error.hpp>

namespace pre {

template <class T>
class [[nodiscard]] Result {
  using Stored = tl::expected<T, Error>;

 public:
  using value_type = T;

  Result()
    requires std::is_void_v<T>
  = default;

  template <class U = T>
    requires(!std::is_void_v<T> && std::is_convertible_v<U &&, T> &&
             !std::is_same_v<std::remove_cvref_t<U>, Error> &&
             !std::is_same_v<std::remove_cvref_t<U>, Result>)
  Result(U&& value) : stored_(std::forward<U>(value)) {}            // NOLINT(*-explicit-*)
  Result(Error error) : stored_(tl::unexpect, std::move(error)) {}  // NOLINT(*-explicit-*)

  bool has_value() const noexcept { return stored_.has_value(); }
  explicit operator bool() const noexcept { return has_value(); }

  // Precondition: !has_value().
  const Error& error() const& { return stored_.error(); }
  Error&& error() && { return std::move(stored_).error(); }

  // The value; an Error inside is thrown as Failure.
  decltype(auto) value() & {
    check();
    return *access(*this);
  }
  decltype(auto) value() const& {
    check();
    return *access(*this);
  }
  T value() && {
    check();
    if constexpr (!std::is_void_v<T>) return std::move(*stored_);
  }

  // Precondition: has_value().
  auto& operator*() & requires(!std::is_void_v<T>) { return *stored_; } const
      auto& operator*() const&
        requires(!std::is_void_v<T>)
  {
    return *stored_;
  }
  auto&& operator*() &&
      requires(!std::is_void_v<T>) { return *std::move(stored_); } auto* operator-> ()
        requires(!std::is_void_v<T>)
  {
    return &*stored_;
  }
  const auto* operator->() const
    requires(!std::is_void_v<T>)
  {
    return &*stored_;
  }

  template <class U>
  T value_or(U&& other) const& {
    return stored_.value_or(std::forward<U>(other));
  }

  // f(value) -> U, or the same Error.
  template <class F>
  auto transform(F&& f) && {
    using U = std::invoke_result_t<F, T&&>;
    if (!has_value()) return Result<U>(std::move(stored_).error());
    return Result<U>(std::forward<F>(f)(*std::move(stored_)));
  }
  // f(value) -> Result<U>, or the same Error.
  template <class F>
  auto and_then(F&& f) && -> std::invoke_result_t<F, T&&> {
    if (!has_value()) return std::move(stored_).error();
    return std::forward<F>(f)(*std::move(stored_));
  }

 private:
  template <class Self>
  static auto* access(Self& self) {
    return &*self.stored_;
  }
  void check() const {
    if (!has_value()) throw Failure(stored_.error());
  }

  Stored stored_;
};

// void: success or an Error.
template <>
class [[nodiscard]] Result<void> {
 public:
  using value_type = void;

  Result() = default;
  Result(Error error) : stored_(tl::unexpect, std::move(error)) {}  // NOLINT(*-explicit-*)

  bool has_value() const noexcept { return stored_.has_value(); }
  explicit operator bool() const noexcept { return has_value(); }
  const Error& error() const& { return stored_.error(); }
  Error&& error() && { return std::move(stored_).error(); }
  void value() const {
    if (!has_value()) throw Failure(stored_.error());
  }

 private:
  tl::expected<void, Error> stored_;
};

}  // namespace pre
