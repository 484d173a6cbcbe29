#include "stream_pump.hpp"

namespace pre::remoting {

void StreamPump::adopt(std::unique_ptr<seam::Stream> stream) {
  close();
  stream_ = std::move(stream);
}

void StreamPump::close() {
  stream_.reset();
  waiting_.clear();
  taken_ = 0;
}

void StreamPump::send(ByteView bytes) { append(waiting_, bytes); }

std::optional<seam::NetError> StreamPump::flush() {
  while (open() && unwritten() > 0) {
    const auto wrote = stream_->write(ByteView(waiting_).subspan(taken_));
    if (!wrote) {
      if (wrote.error() == seam::NetError::would_block) break;
      return wrote.error();
    }
    taken_ += *wrote;
  }
  if (taken_ == waiting_.size()) {
    waiting_.clear();
    taken_ = 0;
  } else if (taken_ > 64 * 1024) {
    waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(taken_));
    taken_ = 0;
  }
  return std::nullopt;
}

seam::NetResult<ByteView> StreamPump::receive() {
  const auto got = stream_->read(chunk_);
  if (!got) return tl::make_unexpected(got.error());
  return ByteView(chunk_).first(*got);
}

}  // namespace pre::remoting
