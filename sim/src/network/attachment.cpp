// The objects of the network that a program holds. They keep handles and no addresses of others'
// state, so they may outlive what they stand for.
#include "network/attachment.hpp"

#include <utility>

namespace pre::sim {

namespace {

using seam::NetError;
using seam::NetResult;

auto no(NetError why) { return tl::make_unexpected(why); }

class Stream final : public seam::Stream {
 public:
  Stream(Life& life, Streams& streams, Handle handle, Side side, seam::Endpoint local,
         seam::Endpoint remote)
      : life_(life),
        streams_(streams),
        handle_(handle),
        side_(side),
        local_(std::move(local)),
        remote_(std::move(remote)) {}
  ~Stream() override {
    if (life_.alive) streams_.close(handle_, side_);
  }
  NetResult<std::size_t> read(std::span<std::byte> into) override {
    if (life_.refuses()) return no(NetError::closed);
    return streams_.read(handle_, side_, into);
  }
  NetResult<std::size_t> write(ByteView from) override {
    if (life_.refuses()) return no(NetError::closed);
    return streams_.write(handle_, side_, from);
  }
  void shutdown_write() override {
    if (!life_.refuses()) streams_.shutdown_write(handle_, side_);
  }
  void abort() override {
    if (!life_.refuses()) streams_.abort(handle_, side_);
  }
  seam::Endpoint local() const override { return local_; }
  seam::Endpoint remote() const override { return remote_; }

 private:
  Life& life_;
  Streams& streams_;
  const Handle handle_;
  const Side side_;
  const seam::Endpoint local_;
  const seam::Endpoint remote_;
};

// What a dead program gets if it connects.
class DeadStream final : public seam::Stream {
 public:
  DeadStream(const Life& life, seam::Endpoint remote) : life_(life), remote_(std::move(remote)) {}
  NetResult<std::size_t> read(std::span<std::byte>) override { return refuse_write(); }
  NetResult<std::size_t> write(ByteView) override { return refuse_write(); }
  void shutdown_write() override { static_cast<void>(life_.refuses()); }
  void abort() override { static_cast<void>(life_.refuses()); }
  seam::Endpoint local() const override { return {}; }
  seam::Endpoint remote() const override { return remote_; }

 private:
  NetResult<std::size_t> refuse_write() {
    static_cast<void>(life_.refuses());
    return no(NetError::closed);
  }
  const Life& life_;
  const seam::Endpoint remote_;
};

class Listener final : public seam::Listener {
 public:
  Listener(Life& life, Streams& streams, Handle handle, seam::Endpoint local)
      : life_(life), streams_(streams), handle_(handle), local_(std::move(local)) {}
  ~Listener() override {
    if (life_.alive) streams_.close_listener(handle_);
  }
  NetResult<std::unique_ptr<seam::Stream>> accept(seam::Wake& wake) override {
    if (life_.refuses()) return no(NetError::closed);
    const std::optional<Handle> next = streams_.accept(life_, handle_, wake);
    if (!next) return no(NetError::would_block);
    return std::make_unique<Stream>(life_, streams_, *next, 1, local_, streams_.endpoint(*next, 0));
  }
  seam::Endpoint local() const override { return local_; }

 private:
  Life& life_;
  Streams& streams_;
  const Handle handle_;
  const seam::Endpoint local_;
};

class Datagram final : public seam::Datagram {
 public:
  Datagram(Life& life, Datagrams& datagrams, Handle handle, seam::Endpoint local)
      : life_(life), datagrams_(datagrams), handle_(handle), local_(std::move(local)) {}
  ~Datagram() override {
    if (life_.alive) datagrams_.close(handle_);
  }
  NetResult<void> send(const seam::Endpoint& to, ByteView bytes) override {
    if (life_.refuses()) return no(NetError::closed);
    return datagrams_.send(handle_, to, bytes);
  }
  NetResult<Received> receive(std::span<std::byte> into) override {
    if (life_.refuses()) return no(NetError::closed);
    return datagrams_.receive(handle_, into);
  }
  seam::Endpoint local() const override { return local_; }

 private:
  Life& life_;
  Datagrams& datagrams_;
  const Handle handle_;
  const seam::Endpoint local_;
};

class Lookup final : public seam::Lookup {
 public:
  Lookup(Life& life, Resolver& resolver, Handle handle)
      : life_(life), resolver_(resolver), handle_(handle) {}
  ~Lookup() override {
    if (life_.alive) resolver_.forget(handle_);
  }
  NetResult<std::vector<seam::Endpoint>> result() override {
    if (life_.refuses()) return no(NetError::timed_out);
    return resolver_.result(handle_);
  }

 private:
  Life& life_;
  Resolver& resolver_;
  const Handle handle_;
};

}  // namespace

// "All addresses of this machine" is one address here.
bool Attachment::is_here(const seam::Endpoint& at) const {
  return at.host == fabric_.links.name(life_.node) || at.host == "0.0.0.0" || at.host == "::";
}

std::unique_ptr<seam::Stream> Attachment::connect(const seam::Endpoint& to, seam::Wake& wake) {
  if (life_.refuses()) return std::make_unique<DeadStream>(life_, to);
  const Handle handle = fabric_.streams.connect(life_, to, wake);
  return std::make_unique<Stream>(life_, fabric_.streams, handle, 0,
                                  fabric_.streams.endpoint(handle, 0), to);
}

NetResult<std::unique_ptr<seam::Listener>> Attachment::listen(const seam::Endpoint& at,
                                                              seam::Wake& wake) {
  if (life_.refuses()) return no(NetError::closed);
  if (!is_here(at)) return no(NetError::invalid);
  Listeners& listeners = fabric_.streams.listeners();
  std::uint16_t port = at.port;
  while (port == 0 || (at.port == 0 && listeners.at(life_.node, port) != nullptr)) {
    port = fabric_.links.ephemeral_port(life_.node);
  }
  const std::optional<Handle> handle = listeners.open(life_, port, wake);
  if (!handle) return no(NetError::in_use);
  return std::make_unique<Listener>(life_, fabric_.streams, *handle,
                                    seam::Endpoint{fabric_.links.name(life_.node), port});
}

NetResult<std::unique_ptr<seam::Datagram>> Attachment::open_datagram(const seam::Endpoint& at,
                                                                     seam::Wake& wake) {
  if (life_.refuses()) return no(NetError::closed);
  if (!is_here(at)) return no(NetError::invalid);
  const std::optional<Handle> handle = fabric_.datagrams.open(life_, at.port, wake);
  if (!handle) return no(NetError::in_use);
  return std::make_unique<Datagram>(
      life_, fabric_.datagrams, *handle,
      seam::Endpoint{fabric_.links.name(life_.node), fabric_.datagrams.port(*handle)});
}

std::unique_ptr<seam::Lookup> Attachment::resolve(std::string_view host, std::uint16_t port,
                                                  seam::Wake& wake) {
  // A dead program's question has no handle that is ever looked at.
  const Handle question =
      life_.refuses() ? Handle{} : fabric_.resolver.ask(life_, host, port, wake);
  return std::make_unique<Lookup>(life_, fabric_.resolver, question);
}

}  // namespace pre::sim
