// A Ref names what you may say, not who is listening: local, remote, alive or dead look the same.
// Copy it, put it into messages. All members are thread-safe.
#pragma once

#include <utility>

#include <preordain/runtime/ask.hpp>

namespace pre {

template <class... Ms>
class Ref {
 public:
  Ref() = default;
  explicit Ref(TargetPtr target) noexcept : target_(std::move(target)) {}
  // Narrowing: a Ref to somebody who understands more.
  template <class... More>
    requires(sizeof...(More) > sizeof...(Ms) && (OneOf<Ms, More...> && ...))
  Ref(const Ref<More...>& wider) noexcept  // NOLINT(google-explicit-constructor)
      : target_(wider.target()) {}

  explicit operator bool() const noexcept { return static_cast<bool>(target_); }
  const TargetPtr& target() const noexcept { return target_; }
  // Precondition: not empty.
  const Pid& pid() const { return target_->pid(); }

  // Sends M{args...} and goes on. At most once; in order between one sender and one receiver. What
  // cannot be delivered becomes a dead letter.
  template <class M, class... Args>
    requires OneOf<M, Ms...> && requires(Args&&... args) { M{std::forward<Args>(args)...}; }
  void tell(Args&&... args) const {
    Target& to = checked();
    to.deliver(make_envelope<M>(to.memory(), std::forward<Args>(args)...));
  }
  template <class M>
    requires OneOf<std::remove_cvref_t<M>, Ms...>
  void tell(M&& message) const {
    tell<std::remove_cvref_t<M>>(std::forward<M>(message));
  }

  // Sends M{args...}; the result must be awaited (see Ask).
  template <Request M, class... Args>
    requires OneOf<M, Ms...> && requires(Args&&... args) { M{std::forward<Args>(args)...}; }
  Ask<typename M::Reply> ask(Args&&... args) const {
    Target& to = checked();
    Envelope* envelope = make_envelope<M>(to.memory(), std::forward<Args>(args)...);
    AskState* state = message::make_ask<typename M::Reply>(to.memory());
    state->asked = target_;
    envelope->ask = state;
    to.deliver(envelope);
    return Ask<typename M::Reply>(state);
  }

 private:
  Target& checked() const {
    if (!target_) throw Failure(Error(Errc::no_such_actor, "this Ref is empty: it names nobody"));
    return *target_;
  }
  TargetPtr target_;
};

// How a Ref crosses the wire: as the text of its Pid. Given by remoting; without it (digests,
// tests) a Ref is written as it is known here, and read as nobody.
class RefContext : public wire::Context {
 public:
  virtual std::string text_of(const Target& target) = 0;
  virtual Result<TargetPtr> target_of(std::string_view text) = 0;
};

namespace wire {
void encode_ref(const TargetPtr& target, Bytes& payload, Context* context);
Result<TargetPtr> decode_ref(ByteView payload, Context* context);

template <class... Ms>
struct WireField<Ref<Ms...>> {
  static void encode(const Ref<Ms...>& ref, Bytes& payload, Context* context) {
    encode_ref(ref.target(), payload, context);
  }
  static Result<Ref<Ms...>> decode(ByteView payload, Context* context) {
    Result<TargetPtr> target = decode_ref(payload, context);
    if (!target) return target.error();
    return Ref<Ms...>(std::move(*target));
  }
};
}  // namespace wire

namespace message {
template <class P>
struct RefOfProtocol;
template <class... Ms>
struct RefOfProtocol<Protocol<Ms...>> {
  using type = Ref<Ms...>;
};
}  // namespace message

// Ref to everything that the actor class A accepts.
template <class A>
using RefOf = typename message::RefOfProtocol<typename A::Accepts>::type;

}  // namespace pre
