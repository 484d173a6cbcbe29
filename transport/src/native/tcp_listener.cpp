// The TCP listener of native/network.hpp over Asio.
#include <sys/socket.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cerrno>

#include "native/addresses.hpp"
#include "native/closing.hpp"
#include "native/net_error.hpp"
#include "native/network.hpp"
#include "native/readiness.hpp"
#include "native/tcp_stream.hpp"

namespace pre::native {
namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;

// Connections that broke while they waited in the queue are skipped, but not for ever.
constexpr int skipped_max = 64;

// accept(2) hands over errors of the connection it would have given: not errors of the listener.
bool is_of_the_connection(int number) {
  switch (number) {
    case ECONNABORTED:
    case EPROTO:
    case ENOPROTOOPT:
    case EHOSTDOWN:
    case ENETDOWN:
    case ENONET:
    case EHOSTUNREACH:
    case ENETUNREACH:
    case EINTR:
      return true;
    default:
      return false;
  }
}

class TcpListener final : public seam::Listener {
 public:
  TcpListener(IoThread& io, seam::Wake& wake)
      : io_(io), shared_(std::make_shared<Readiness>(wake)), acceptor_(io.context()) {}
  ~TcpListener() override {
    shared_->wire.cut();
    close_at_once(acceptor_);
  }

  error_code open(const tcp::endpoint& at) {
    error_code failed;
    family_ = at.address().is_v6() ? AddressFamily::v6 : AddressFamily::v4;
    acceptor_.open(at.protocol(), failed);
    // Without this a restarted node could not have its port back for a minute.
    if (!failed) acceptor_.set_option(tcp::acceptor::reuse_address(true), failed);
    if (!failed) acceptor_.bind(at, failed);
    if (!failed) acceptor_.listen(tcp::acceptor::max_listen_connections, failed);
    if (!failed) acceptor_.non_blocking(true, failed);
    if (!failed) local_ = seam_endpoint(acceptor_.local_endpoint(failed));
    return failed;
  }

  // By the system call: Asio's accept would wait, in spite of non-blocking mode, for the connection
  // after a broken one.
  seam::NetResult<std::unique_ptr<seam::Stream>> accept(seam::Wake& wake) override {
    for (int i = 0; i < skipped_max; ++i) {
      tcp::endpoint from;
      auto size = static_cast<socklen_t>(from.capacity());
      const int got = ::accept4(acceptor_.native_handle(), from.data(), &size, SOCK_CLOEXEC);
      if (got >= 0) return accepted_stream(io_, got, family_, seam_endpoint(from), wake);
      if (is_of_the_connection(errno)) continue;
      const error_code failed(errno, boost::system::system_category());
      const seam::NetError why = net_error(failed);
      if (why == seam::NetError::would_block) await_readable(acceptor_, shared_);
      return tl::make_unexpected(why);
    }
    await_readable(acceptor_, shared_);
    return tl::make_unexpected(seam::NetError::would_block);
  }

  seam::Endpoint local() const override { return local_; }

 private:
  IoThread& io_;
  std::shared_ptr<Readiness> shared_;
  tcp::acceptor acceptor_;
  AddressFamily family_ = AddressFamily::v4;
  seam::Endpoint local_;
};

}  // namespace

seam::NetResult<std::unique_ptr<seam::Listener>> listen_stream(IoThread& io,
                                                               const seam::Endpoint& at,
                                                               seam::Wake& wake) {
  const auto address = asio_endpoint<tcp::endpoint>(at);
  if (!address) return tl::make_unexpected(address.error());
  auto listener = std::make_unique<TcpListener>(io, wake);
  if (const error_code failed = listener->open(*address)) {
    return tl::make_unexpected(net_error(failed));
  }
  return listener;
}

}  // namespace pre::native
