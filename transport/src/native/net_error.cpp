#include "native/net_error.hpp"

#include <boost/asio/error.hpp>
#include <cerrno>

namespace pre::native {
namespace {

seam::NetError from_errno(int number) noexcept {
  using enum seam::NetError;
  switch (number) {
    case EAGAIN:
    case EINTR:
    case EINPROGRESS:
      return would_block;
    case ECONNREFUSED:
      return refused;
    case ETIMEDOUT:
      return timed_out;
    case EHOSTUNREACH:
    case ENETUNREACH:
    case EHOSTDOWN:
    case ENETDOWN:
      return unreachable;
    case EBADF:
    case ECANCELED:
      return closed;
    case EADDRINUSE:
      return in_use;
    case EMFILE:
    case ENFILE:
    case ENOBUFS:
    case ENOMEM:
      return too_many;
    case EMSGSIZE:
      return too_big;
    // Not our address, not our family, not our right.
    case EADDRNOTAVAIL:
    case EAFNOSUPPORT:
    case EINVAL:
    case EDESTADDRREQ:
    case EACCES:
    case EPERM:
      return invalid;
    // ECONNRESET, EPIPE, ENOTCONN, ECONNABORTED, and whatever else breaks a connection.
    default:
      return reset;
  }
}

}  // namespace

seam::NetError net_error(const boost::system::error_code& code) noexcept {
  namespace error = boost::asio::error;
  if (code == error::eof) return seam::NetError::end;
  // The name service answers "no" differently from "not now".
  if (code == error::host_not_found_try_again) return seam::NetError::timed_out;
  if (code.category() == error::get_netdb_category()) return seam::NetError::name_failure;
  if (code.category() == error::get_addrinfo_category()) return seam::NetError::name_failure;
  return from_errno(code.value());
}

}  // namespace pre::native
