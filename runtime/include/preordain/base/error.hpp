// What can go wrong, as a value. A code exists only if somebody can react to it; the text names the
// thing, the value and the way out.
#pragma once

#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <utility>

namespace pre {

enum class Errc : std::uint8_t {
  refused = 1,       // the actor understood and said no; do not retry unchanged
  timeout,           // no answer in time; the request may or may not have had its effect
  unreachable,       // the other node could not be reached; may or may not have had its effect
  no_such_actor,     // nobody lives at that path, or the incarnation asked for is gone
  actor_failed,      // the handler ended by an exception; its supervisor was told
  no_reply,          // the handler ended and dropped its Reply
  mailbox_full,      // a bounded mailbox turned the message away
  cancelled,         // the asker gave up, or the work was stopped
  shutting_down,     // the system is stopping and takes no new work
  not_serializable,  // the message has no wire form, or the bytes were not one
  invalid_argument,  // a name, option or address that can never be right
  already_exists,    // the name is taken
  storage_failed,    // the disk refused: full, missing or broken
};

// The word for a code, as it stands in logs: "timeout".
std::string_view name_of(Errc code) noexcept;

struct Error {
  Errc code;
  std::string detail;

  explicit Error(Errc c, std::string d = {}) : code(c), detail(std::move(d)) {}

  // "timeout: no answer from /user/ada within 5s"
  std::string text() const;

  friend bool operator==(const Error&, const Error&) = default;
};

// "No", with a reason: what a handler returns when the request is understood and not granted.
inline Error refuse(std::string why) { return Error(Errc::refused, std::move(why)); }

// An Error on its way up the stack. The only thing our own code throws. Escaping from a handler it
// reaches the asker, or the supervisor if nobody asked.
class Failure {
 public:
  explicit Failure(Error error) : error_(std::move(error)) {}
  const Error& error() const noexcept { return error_; }

 private:
  Error error_;
};

// What an exception has to say, for people. Precondition: not null.
std::string describe(const std::exception_ptr& error);

}  // namespace pre
