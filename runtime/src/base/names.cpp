// Words for codes, and the few functions of base and seam that are not templates.
#include <cstdio>
#include <cstdlib>
#include <string>

#include <preordain/base/assert.hpp>
#include <preordain/base/error.hpp>
#include <preordain/base/hash.hpp>
#include <preordain/seam/network.hpp>
#include <preordain/seam/storage.hpp>
#include <preordain/seam/trace.hpp>

namespace pre {

void assertion_failed(const char* condition, const char* why, const char* file, int line) noexcept {
  std::fprintf(stderr, "assertion failed: %s\n  why    %s\n  where  %s:%d\n", condition, why, file,
               line);
  std::fflush(stderr);
  std::abort();
}

std::string_view name_of(Errc code) noexcept {
  switch (code) {
    case Errc::refused:
      return "refused";
    case Errc::timeout:
      return "timeout";
    case Errc::unreachable:
      return "unreachable";
    case Errc::no_such_actor:
      return "no_such_actor";
    case Errc::actor_failed:
      return "actor_failed";
    case Errc::no_reply:
      return "no_reply";
    case Errc::mailbox_full:
      return "mailbox_full";
    case Errc::cancelled:
      return "cancelled";
    case Errc::shutting_down:
      return "shutting_down";
    case Errc::not_serializable:
      return "not_serializable";
    case Errc::invalid_argument:
      return "invalid_argument";
    case Errc::already_exists:
      return "already_exists";
    case Errc::storage_failed:
      return "storage_failed";
  }
  return "unknown";
}

std::string Error::text() const {
  std::string out(name_of(code));
  if (!detail.empty()) out += ": " + detail;
  return out;
}

std::string describe(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const Failure& failure) {
    return failure.error().text();
  } catch (const std::exception& e) {
    return e.what();
  } catch (...) {
    return "an exception that is no std::exception";
  }
}

std::uint64_t hash_bytes(ByteView bytes) noexcept {
  std::uint64_t state = mix(bytes.size());
  std::size_t i = 0;
  for (; i + 8 <= bytes.size(); i += 8) state = fold(state, load_le<std::uint64_t>(&bytes[i]));
  std::uint64_t tail = 0;
  for (unsigned shift = 0; i < bytes.size(); ++i, shift += 8) {
    tail |= static_cast<std::uint64_t>(bytes[i]) << shift;
  }
  return fold(state, tail);
}

namespace seam {

std::string Endpoint::text() const {
  const bool v6 = host.find(':') != std::string::npos;
  return (v6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

tl::expected<Endpoint, std::string> parse_endpoint(std::string_view text) {
  const auto bad = [&](const char* why) {
    return tl::make_unexpected("'" + std::string(text) + "' is not host:port: " + why);
  };
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return bad("there is no port");
  std::string_view host = text.substr(0, colon);
  const std::string_view port = text.substr(colon + 1);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  } else if (host.find(':') != std::string_view::npos) {
    return bad("an IPv6 address needs brackets, [::1]:7100");
  }
  if (host.empty()) return bad("the host is empty");
  if (host.find_first_of("[]") != std::string_view::npos) return bad("a bracket inside the host");
  if (port.empty() || port.size() > 5) return bad("the port is not a number from 0 to 65535");
  unsigned value = 0;
  for (char c : port) {
    if (c < '0' || c > '9') return bad("the port is not a number from 0 to 65535");
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  if (value > 65535) return bad("the port is not a number from 0 to 65535");
  return Endpoint{std::string(host), static_cast<std::uint16_t>(value)};
}

const char* name_of(NetError error) noexcept {
  switch (error) {
    case NetError::would_block:
      return "would_block";
    case NetError::end:
      return "end";
    case NetError::refused:
      return "refused";
    case NetError::reset:
      return "reset";
    case NetError::timed_out:
      return "timed_out";
    case NetError::unreachable:
      return "unreachable";
    case NetError::closed:
      return "closed";
    case NetError::in_use:
      return "in_use";
    case NetError::too_many:
      return "too_many";
    case NetError::name_failure:
      return "name_failure";
    case NetError::too_big:
      return "too_big";
    case NetError::invalid:
      return "invalid";
  }
  return "unknown";
}

const char* name_of(DiskError error) noexcept {
  switch (error) {
    case DiskError::pending:
      return "pending";
    case DiskError::not_found:
      return "not_found";
    case DiskError::exists:
      return "exists";
    case DiskError::no_space:
      return "no_space";
    case DiskError::io:
      return "io";
    case DiskError::invalid:
      return "invalid";
  }
  return "unknown";
}

std::string_view name_of(EventKind kind) noexcept {
  switch (kind) {
    case EventKind::spawned:
      return "spawned";
    case EventKind::started:
      return "started";
    case EventKind::received:
      return "received";
    case EventKind::replied:
      return "replied";
    case EventKind::failed:
      return "failed";
    case EventKind::restarted:
      return "restarted";
    case EventKind::resumed:
      return "resumed";
    case EventKind::stopped:
      return "stopped";
    case EventKind::dead_letter:
      return "dead_letter";
    case EventKind::timer:
      return "timer";
    case EventKind::link:
      return "link";
    case EventKind::wire:
      return "wire";
    case EventKind::log:
      return "log";
  }
  return "unknown";
}

}  // namespace seam
}  // namespace pre
