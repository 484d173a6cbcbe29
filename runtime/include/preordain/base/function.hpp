// A move-only callable. std::move_only_function is C++23; std::function copies and weighs 28 k
// lines.
#pragma once

#include <memory>
#include <type_traits>
#include <utility>

namespace pre {

template <class Signature>
class Function;

template <class R, class... Args>
class Function<R(Args...)> {
 public:
  Function() = default;
  template <class F>
    requires(!std::is_same_v<std::remove_cvref_t<F>, Function> &&
             std::is_invocable_r_v<R, std::decay_t<F>&, Args...>)
  Function(F&& f)  // NOLINT(google-explicit-constructor)
      : body_(std::make_unique<Holder<std::decay_t<F>>>(std::forward<F>(f))) {}

  explicit operator bool() const noexcept { return body_ != nullptr; }
  // Precondition: holds something.
  R operator()(Args... args) { return body_->call(std::forward<Args>(args)...); }

 private:
  struct Body {
    virtual ~Body() = default;
    virtual R call(Args... args) = 0;
  };
  template <class F>
  struct Holder final : Body {
    explicit Holder(F f) : f_(std::move(f)) {}
    R call(Args... args) override { return f_(std::forward<Args>(args)...); }
    F f_;
  };
  std::unique_ptr<Body> body_;
};

}  // namespace pre
