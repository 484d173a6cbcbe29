// seam::Network on the operating system's sockets.
#pragma once

#include <memory>

#include <preordain/seam/network.hpp>

#include "native/io_thread.hpp"

namespace pre::native {

// One maker a kind of object; each lives in the .cpp file of its name.
std::unique_ptr<seam::Stream> connect_stream(IoThread& io, const seam::Endpoint& to,
                                             seam::Wake& wake);
seam::NetResult<std::unique_ptr<seam::Listener>> listen_stream(IoThread& io,
                                                               const seam::Endpoint& at,
                                                               seam::Wake& wake);
seam::NetResult<std::unique_ptr<seam::Datagram>> bind_datagram(IoThread& io,
                                                               const seam::Endpoint& at,
                                                               seam::Wake& wake);
std::unique_ptr<seam::Lookup> look_up(IoThread& io, std::string_view host, std::uint16_t port,
                                      seam::Wake& wake);

class SocketNetwork final : public seam::Network {
 public:
  explicit SocketNetwork(IoThread& io) : io_(io) {}

  std::unique_ptr<seam::Stream> connect(const seam::Endpoint& to, seam::Wake& wake) override {
    return connect_stream(io_, to, wake);
  }
  seam::NetResult<std::unique_ptr<seam::Listener>> listen(const seam::Endpoint& at,
                                                          seam::Wake& wake) override {
    return listen_stream(io_, at, wake);
  }
  seam::NetResult<std::unique_ptr<seam::Datagram>> open_datagram(const seam::Endpoint& at,
                                                                 seam::Wake& wake) override {
    return bind_datagram(io_, at, wake);
  }
  std::unique_ptr<seam::Lookup> resolve(std::string_view host, std::uint16_t port,
                                        seam::Wake& wake) override {
    return look_up(io_, host, port, wake);
  }

 private:
  IoThread& io_;
};

}  // namespace pre::native
