// The datagram socket of native/network.hpp over Asio.
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>

#include "native/addresses.hpp"
#include "native/closing.hpp"
#include "native/net_error.hpp"
#include "native/network.hpp"
#include "native/readiness.hpp"

namespace pre::native {
namespace {

namespace asio = boost::asio;
using asio::ip::udp;
using boost::system::error_code;

class UdpDatagram final : public seam::Datagram {
 public:
  UdpDatagram(IoThread& io, seam::Wake& wake)
      : shared_(std::make_shared<Readiness>(wake)), socket_(io.context()) {}
  ~UdpDatagram() override {
    shared_->wire.cut();
    close_at_once(socket_);
  }

  error_code open(const udp::endpoint& at) {
    error_code failed;
    socket_.open(at.protocol(), failed);
    if (!failed) socket_.bind(at, failed);
    if (!failed) socket_.non_blocking(true, failed);
    if (!failed) bound_ = socket_.local_endpoint(failed);
    return failed;
  }

  seam::NetResult<void> send(const seam::Endpoint& to, ByteView bytes) override {
    auto address = asio_endpoint<udp::endpoint>(to);
    if (!address) return tl::make_unexpected(address.error());
    // An IPv6 socket reaches IPv4 by mapped addresses; text_of undoes it for what comes in.
    if (bound_.address().is_v6() && address->address().is_v4()) {
      address->address(asio::ip::make_address_v6(asio::ip::v4_mapped, address->address().to_v4()));
    }
    error_code failed;
    socket_.send_to(asio::buffer(bytes.data(), bytes.size()), *address, 0, failed);
    if (!failed) return {};
    const seam::NetError why = net_error(failed);
    if (why == seam::NetError::would_block) await_writable(socket_, shared_);
    return tl::make_unexpected(why);
  }

  seam::NetResult<Received> receive(std::span<std::byte> into) override {
    udp::endpoint from;
    error_code failed;
    const std::size_t size =
        socket_.receive_from(asio::buffer(into.data(), into.size()), from, 0, failed);
    if (!failed) return Received{size, seam_endpoint(from)};
    const seam::NetError why = net_error(failed);
    if (why == seam::NetError::would_block) await_readable(socket_, shared_);
    return tl::make_unexpected(why);
  }

  seam::Endpoint local() const override { return seam_endpoint(bound_); }

 private:
  std::shared_ptr<Readiness> shared_;
  udp::socket socket_;
  udp::endpoint bound_;
};

}  // namespace

seam::NetResult<std::unique_ptr<seam::Datagram>> bind_datagram(IoThread& io,
                                                               const seam::Endpoint& at,
                                                               seam::Wake& wake) {
  const auto address = asio_endpoint<udp::endpoint>(at);
  if (!address) return tl::make_unexpected(address.error());
  auto datagram = std::make_unique<UdpDatagram>(io, wake);
  if (const error_code failed = datagram->open(*address)) {
    return tl::make_unexpected(net_error(failed));
  }
  return datagram;
}

}  // namespace pre::native
