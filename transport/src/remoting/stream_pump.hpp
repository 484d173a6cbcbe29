// A stream, and the bytes that it has not taken yet: what the drivers of both sides share.
#pragma once

#include <array>
#include <memory>
#include <optional>

#include <preordain/seam/network.hpp>

namespace pre::remoting {

class StreamPump {
 public:
  void adopt(std::unique_ptr<seam::Stream> stream);
  // Closes; what the stream has taken is still sent, what waits here is dropped.
  void close();
  bool open() const { return stream_ != nullptr; }

  // Queues bytes behind those that wait.
  void send(ByteView bytes);
  // Gives the stream what it takes now. An error: the stream broke.
  std::optional<seam::NetError> flush();
  std::size_t unwritten() const { return waiting_.size() - taken_; }

  // Some bytes, valid until the next call; would_block; or why there will be none.
  // Precondition: open().
  seam::NetResult<ByteView> receive();

 private:
  std::unique_ptr<seam::Stream> stream_;
  Bytes waiting_;
  std::size_t taken_ = 0;
  std::array<std::byte, 16 * 1024> chunk_;
};

}  // namespace pre::remoting
