// What a message is to the runtime: a table per message type, and an envelope that carries one
// value of it. No virtual functions, no type erasure per message, one block of memory.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <new>
#include <string_view>
#include <type_traits>
#include <utility>

#include <preordain/base/bytes.hpp>
#include <preordain/base/result.hpp>
#include <preordain/runtime/wire.hpp>
#include <preordain/seam/memory.hpp>

namespace pre {

// The messages an actor accepts.
template <class... Ms>
struct Protocol {};

// A message with an answer: its type says which.
template <class M>
concept Request = requires { typename M::Reply; };

template <class M, class... Ms>
concept OneOf = (std::is_same_v<M, Ms> || ...);

struct AskState;

// How answers of one type are made, failed and carried over the wire.
struct ReplyType {
  AskState* (*make)(seam::Memory& memory);
  void (*fail)(AskState& ask, Error error) noexcept;
  // Ends the ask with a value read from the wire; bytes that are none end it as not_serializable.
  void (*complete)(AskState& ask, ByteView bytes, wire::Context* context) noexcept;
  // The wire form of how the ask ended; its Error if it failed.
  Result<void> (*encode)(const AskState& ask, Bytes& out, wire::Context* context);
};

struct MessageType {
  std::string_view name;  // the qualified type name; also the wire name
  std::uint32_t size;     // of the value
  std::uint32_t offset;   // of the value inside the envelope
  bool control;           // the runtime's: goes past queued user messages and a shut mailbox
  void (*destroy)(void* value) noexcept;
  // Null when the message has no wire form: it then stays on its node.
  void (*encode)(const void* value, Bytes& out, wire::Context* context);
  Result<void> (*decode)(void* place, ByteView bytes, wire::Context* context);
  const ReplyType* reply;  // null: a message without an answer
};

// One message on its way. Lives in one block of seam::Memory.
struct Envelope {
  explicit Envelope(const MessageType& t) : type(&t) {}

  std::atomic<Envelope*> next{nullptr};
  const MessageType* type;
  AskState* ask = nullptr;  // whom the answer is owed; one reference is held here

  void* value() noexcept { return reinterpret_cast<std::byte*>(this) + type->offset; }
  const void* value() const noexcept {
    return reinterpret_cast<const std::byte*>(this) + type->offset;
  }
  std::size_t block_size() const noexcept { return type->offset + type->size; }
};

// Gives the block back; the value and the debt must be gone already.
void free_block(seam::Memory& memory, Envelope* envelope) noexcept;
// Destroys the value, ends a debt still open with `why`, and gives the block back.
void discard(seam::Memory& memory, Envelope* envelope, const Error& why) noexcept;

namespace message {

template <class M>
constexpr std::uint32_t offset_of_value() {
  constexpr std::uint32_t align = alignof(M) < alignof(void*) ? alignof(void*) : alignof(M);
  static_assert(align <= alignof(std::max_align_t), "over-aligned messages are not supported");
  return (static_cast<std::uint32_t>(sizeof(Envelope)) + align - 1) / align * align;
}

template <class M>
void destroy(void* value) noexcept {
  static_cast<M*>(value)->~M();
}
template <class M>
void encode(const void* value, Bytes& out, wire::Context* context) {
  wire::encode(*static_cast<const M*>(value), out, context);
}
template <class M>
Result<void> decode(void* place, ByteView bytes, wire::Context* context) {
  Result<M> read = wire::decode<M>(bytes, context);
  if (!read) return read.error();
  ::new (place) M(std::move(*read));
  return {};
}

// Defined in ask.hpp.
template <class R>
AskState* make_ask(seam::Memory& memory);
template <class R>
void fail_ask(AskState& ask, Error error) noexcept;
template <class R>
void complete_ask(AskState& ask, ByteView bytes, wire::Context* context) noexcept;
template <class R>
Result<void> encode_ask(const AskState& ask, Bytes& out, wire::Context* context);

template <class R>
inline constexpr ReplyType reply_type{&make_ask<R>, &fail_ask<R>, &complete_ask<R>, &encode_ask<R>};

template <class M>
constexpr const ReplyType* reply_of() {
  if constexpr (Request<M>) {
    return &reply_type<typename M::Reply>;
  } else {
    return nullptr;
  }
}
template <class M>
constexpr MessageType make_type(bool control) {
  MessageType type{
      wire::type_name<M>(), sizeof(M), offset_of_value<M>(), control, &destroy<M>, nullptr, nullptr,
      reply_of<M>()};
  if constexpr (wire::Encodable<M>) {
    type.encode = &encode<M>;
    type.decode = &decode<M>;
  }
  return type;
}

}  // namespace message

// The one table of M in this program; its address is M's identity.
template <class M>
inline constexpr MessageType message_type = message::make_type<M>(false);

// Builds M{args...} in place in a new envelope.
template <class M, class... Args>
Envelope* make_envelope(seam::Memory& memory, Args&&... args) {
  static_assert(std::is_same_v<M, std::remove_cvref_t<M>>, "a message is a plain value type");
  const MessageType& type = message_type<M>;
  void* block = memory.allocate(type.offset + type.size);
  auto* envelope = ::new (block) Envelope(type);
  try {
    ::new (envelope->value()) M{std::forward<Args>(args)...};
  } catch (...) {
    free_block(memory, envelope);
    throw;
  }
  return envelope;
}

}  // namespace pre
