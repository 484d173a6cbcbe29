// A TCP connection as a seam::Stream.
//
//   connecting --ok--> connected --end of peer--> reading ended (writing goes on)
//       |                  |
//       +----error---------+------> broken: the first reason stands for ever
//
// Only the owner's thread touches the socket object; handlers on the I/O thread touch Shared.
#include "native/tcp_stream.hpp"

#include <unistd.h>

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <optional>

#include <preordain/base/assert.hpp>

#include "native/addresses.hpp"
#include "native/closing.hpp"
#include "native/net_error.hpp"
#include "native/network.hpp"
#include "native/readiness.hpp"

namespace pre::native {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

// How much is read and thrown away at a close, in pieces of this size; see ~TcpStream.
constexpr std::size_t drain_piece = 16 * 1024;
constexpr int drain_pieces_max = 64;

class TcpStream final : public seam::Stream {
 public:
  // An accepted connection.
  TcpStream(tcp::socket socket, seam::Endpoint remote, seam::Wake& wake);
  // A new connection, which begins to connect at once.
  TcpStream(IoThread& io, const seam::Endpoint& to, seam::Wake& wake);
  ~TcpStream() override;

  seam::NetResult<std::size_t> read(std::span<std::byte> into) override;
  seam::NetResult<std::size_t> write(ByteView from) override;
  void shutdown_write() override;
  void abort() override;
  seam::Endpoint local() const override;
  seam::Endpoint remote() const override { return remote_; }

 private:
  static constexpr int connecting = -1;
  struct Shared : Readiness {
    Shared(seam::Wake& wake, int state) : Readiness(wake), connect_state(state) {}
    // `connecting`, 0 when connected, or the NetError.
    std::atomic<int> connect_state;
  };

  void begin_connect(IoThread& io, const seam::Endpoint& to);
  void prepare_socket();
  void take_connect_result(int state);
  void fail(seam::NetError why);
  void remember_local();
  void drain();
  // True while nothing is known about the connection yet.
  bool is_connecting();

  std::shared_ptr<Shared> shared_;
  tcp::socket socket_;
  seam::Endpoint remote_;
  seam::Endpoint local_;
  bool connected_ = false;
  bool write_closed_ = false;
  std::optional<seam::NetError> read_end_;  // `end`, or why there is nothing more to read
  std::optional<seam::NetError> broken_;
};

TcpStream::TcpStream(tcp::socket socket, seam::Endpoint remote, seam::Wake& wake)
    : shared_(std::make_shared<Shared>(wake, 0)),
      socket_(std::move(socket)),
      remote_(std::move(remote)),
      connected_(true) {
  prepare_socket();
  remember_local();
}

TcpStream::TcpStream(IoThread& io, const seam::Endpoint& to, seam::Wake& wake)
    : shared_(std::make_shared<Shared>(wake, connecting)), socket_(io.context()), remote_(to) {
  begin_connect(io, to);
}

// The kernel goes on sending what was written. But it resets the connection, and drops that, if
// bytes lie unread at a close: so what has arrived is read first, within reason.
TcpStream::~TcpStream() {
  shared_->wire.cut();
  if (connected_ && !broken_) {
    error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
    drain();
  }
  close_at_once(socket_);
}

void TcpStream::drain() {
  std::array<std::byte, drain_piece> piece;
  for (int i = 0; i < drain_pieces_max; ++i) {
    error_code failed;
    socket_.read_some(asio::buffer(piece.data(), piece.size()), failed);
    if (failed) return;
  }
}

void TcpStream::begin_connect(IoThread& io, const seam::Endpoint& to) {
  const auto report = [shared = shared_](const error_code& failed) {
    shared->connect_state.store(failed ? static_cast<int>(net_error(failed)) : 0);
    shared->wire.wake();
  };
  const auto address = asio_endpoint<tcp::endpoint>(to);
  error_code failed;
  if (address) socket_.open(address->protocol(), failed);
  if (address && !failed) return socket_.async_connect(*address, report);
  if (!address) failed = asio::error::invalid_argument;
  asio::post(io.context(), [report, failed] { report(failed); });
}

// Small messages must not wait for a full packet: batching is the business of the layers above.
void TcpStream::prepare_socket() {
  error_code failed;
  socket_.set_option(tcp::no_delay(true), failed);
  if (!failed) socket_.non_blocking(true, failed);
  if (failed) fail(net_error(failed));
}

void TcpStream::take_connect_result(int state) {
  if (state != 0) return fail(static_cast<seam::NetError>(state));
  connected_ = true;
  remember_local();
  // Loopback only: a connect to a free port can get that very port as its own and meet itself.
  if (local_ == remote_) {
    abort();
    broken_ = read_end_ = seam::NetError::refused;
    return;
  }
  prepare_socket();
  if (write_closed_) {
    error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
  }
}

bool TcpStream::is_connecting() {
  if (connected_ || broken_) return false;
  const int state = shared_->connect_state.load();
  if (state == connecting) return true;
  take_connect_result(state);
  return false;
}

void TcpStream::fail(seam::NetError why) {
  if (!broken_) broken_ = why;
}

seam::NetResult<std::size_t> TcpStream::read(std::span<std::byte> into) {
  PRE_ASSERT(!into.empty(), "there is room to read into");
  if (is_connecting()) return tl::make_unexpected(seam::NetError::would_block);
  if (read_end_) return tl::make_unexpected(*read_end_);
  if (!connected_) return tl::make_unexpected(*broken_);
  error_code failed;
  const std::size_t got = socket_.read_some(asio::buffer(into.data(), into.size()), failed);
  if (!failed) return got;
  seam::NetError why = net_error(failed);
  // The system tells of a break once. If writing heard of it first, what looks like a good end here
  // is none; but bytes that came before the break are still given out above.
  if (broken_) why = *broken_;
  if (why == seam::NetError::would_block) {
    await_readable(socket_, shared_);
    return tl::make_unexpected(why);
  }
  read_end_ = why;
  if (why != seam::NetError::end) fail(why);
  return tl::make_unexpected(why);
}

seam::NetResult<std::size_t> TcpStream::write(ByteView from) {
  if (is_connecting()) return tl::make_unexpected(seam::NetError::would_block);
  if (broken_) return tl::make_unexpected(*broken_);
  if (write_closed_) return tl::make_unexpected(seam::NetError::closed);
  if (from.empty()) return 0;
  error_code failed;
  const std::size_t taken = socket_.write_some(asio::buffer(from.data(), from.size()), failed);
  if (!failed) return taken;
  const seam::NetError why = net_error(failed);
  if (why == seam::NetError::would_block) {
    await_writable(socket_, shared_);
  } else {
    fail(why);
  }
  return tl::make_unexpected(why);
}

void TcpStream::shutdown_write() {
  if (write_closed_ || broken_) return;
  write_closed_ = true;  // while connecting: done as soon as it is connected
  if (!connected_) return;
  error_code ignored;  // a connection that broke meanwhile says so at the next read
  socket_.shutdown(tcp::socket::shutdown_send, ignored);
}

void TcpStream::abort() {
  remember_local();
  error_code ignored;  // what is broken already needs no breaking
  socket_.set_option(asio::socket_base::linger(true, 0), ignored);
  close_at_once(socket_);
  fail(seam::NetError::reset);
  read_end_ = broken_;
}

seam::Endpoint TcpStream::local() const {
  if (local_.port != 0) return local_;
  error_code failed;
  const auto endpoint = socket_.local_endpoint(failed);
  return failed ? seam::Endpoint{} : seam_endpoint(endpoint);
}

void TcpStream::remember_local() { local_ = local(); }

}  // namespace

std::unique_ptr<seam::Stream> accepted_stream(IoThread& io, int descriptor, AddressFamily family,
                                              seam::Endpoint remote, seam::Wake& wake) {
  tcp::socket socket(io.context());
  error_code failed;
  socket.assign(family == AddressFamily::v6 ? tcp::v6() : tcp::v4(), descriptor, failed);
  if (failed) ::close(descriptor);  // the stream answers `closed`: a rare and honest end
  return std::make_unique<TcpStream>(std::move(socket), std::move(remote), wake);
}

std::unique_ptr<seam::Stream> connect_stream(IoThread& io, const seam::Endpoint& to,
                                             seam::Wake& wake) {
  return std::make_unique<TcpStream>(io, to, wake);
}

}  // namespace pre::native
