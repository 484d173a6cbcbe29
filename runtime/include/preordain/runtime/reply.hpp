// An answer owed. Move it anywhere, give it later; dropping it tells the asker so.
#pragma once

#include <utility>

#include <preordain/runtime/ask.hpp>

namespace pre {

template <class R>
class [[nodiscard]] Reply {
 public:
  // Takes over the answerer's reference; null when nobody asked (a request sent by tell).
  explicit Reply(AskState* ask) noexcept : ask_(ask) {}
  Reply(Reply&& other) noexcept : ask_(std::exchange(other.ask_, nullptr)) {}
  Reply& operator=(Reply&& other) noexcept {
    if (this != &other) {
      drop();
      ask_ = std::exchange(other.ask_, nullptr);
    }
    return *this;
  }
  ~Reply() { drop(); }

  // Answers; the second call and later ones do nothing.
  void send(R value) { end(Result<R>(std::move(value))); }
  void fail(Error error) { end(Result<R>(std::move(error))); }
  void end(Result<R> result) {
    if (ask_ == nullptr) return;
    auto* ask = static_cast<message::AskStateOf<R>*>(std::exchange(ask_, nullptr));
    ask->end(std::move(result));
  }

 private:
  void drop() noexcept {
    if (ask_ != nullptr) fail(Error(Errc::no_reply, "the handler ended without an answer"));
  }
  AskState* ask_;
};

}  // namespace pre
