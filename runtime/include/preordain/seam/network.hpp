// Bytes to other processes. Non-blocking and polled: an operation that cannot go on answers
// would_block, and the Wake given at creation is called when it may. All objects belong to one
// owner, who calls them from one thread at a time; destroying one closes it at once.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include <preordain/base/bytes.hpp>
#include <preordain/seam/wake.hpp>

namespace pre::seam {

// Where to send: a numeric address of the world at hand ("127.0.0.1", or a simulated node's name)
// and a port. Names are turned into endpoints by Network::resolve.
struct Endpoint {
  std::string host;
  std::uint16_t port = 0;
  friend auto operator<=>(const Endpoint&, const Endpoint&) = default;
  std::string text() const;  // "127.0.0.1:7100", "[::1]:7100"
};

// "host:port" or "[v6]:port"; nothing if it is not one.
tl::expected<Endpoint, std::string> parse_endpoint(std::string_view text);

enum class NetError : std::uint8_t {
  would_block = 1,  // not now; a wake follows
  end,              // the peer has sent everything and closed its side in good order
  refused,          // nobody listens there
  reset,            // the connection broke; bytes in flight are lost
  timed_out,        // the other side did not answer
  unreachable,      // no way there
  closed,           // closed on this side
  in_use,           // the local address is taken
  too_many,         // out of descriptors or buffers
  name_failure,     // no such name, or the name service failed
  too_big,          // the datagram exceeds what can be sent
  invalid,          // not an address of this world
};
const char* name_of(NetError error) noexcept;

template <class T>
using NetResult = tl::expected<T, NetError>;

// A reliable, ordered stream of bytes. Boundaries of writes are not kept.
class Stream {
 public:
  // Closes. Bytes accepted by write() are still sent if the peer reads them.
  virtual ~Stream() = default;

  // 1..into.size() bytes, or would_block (also while connecting), end, or why the stream is broken.
  // Precondition: into is not empty.
  virtual NetResult<std::size_t> read(std::span<std::byte> into) = 0;
  // How many bytes were taken (1..from.size()), or would_block, or why the stream is broken.
  // "Taken" means buffered, not received.
  virtual NetResult<std::size_t> write(ByteView from) = 0;
  // No more writes; the peer reads `end` after what was written. Reading stays possible.
  virtual void shutdown_write() = 0;
  // Breaks the connection: both sides see reset, buffered bytes are dropped.
  virtual void abort() = 0;
  virtual Endpoint local() const = 0;
  virtual Endpoint remote() const = 0;
};

class Listener {
 public:
  // Stops listening. Connections not yet accepted are reset.
  virtual ~Listener() = default;
  // The next incoming connection, woken by `wake`; would_block if there is none.
  virtual NetResult<std::unique_ptr<Stream>> accept(Wake& wake) = 0;
  // The real port when 0 was asked for.
  virtual Endpoint local() const = 0;
};

// Unreliable messages: may be lost, doubled, reordered.
class Datagram {
 public:
  virtual ~Datagram() = default;
  virtual NetResult<void> send(const Endpoint& to, ByteView bytes) = 0;
  struct Received {
    std::size_t size;
    Endpoint from;
  };
  // One whole datagram; what does not fit into `into` is cut off.
  virtual NetResult<Received> receive(std::span<std::byte> into) = 0;
  virtual Endpoint local() const = 0;
};

// One name look-up in progress. Destroying it gives up.
class Lookup {
 public:
  virtual ~Lookup() = default;
  // would_block until done; then at least one endpoint, or name_failure or timed_out.
  virtual NetResult<std::vector<Endpoint>> result() = 0;
};

class Network {
 public:
  // Always gives a stream, which answers would_block until it is connected, or else the reason. The
  // outcome always wakes, also an owner who never read. (So do a new connection at a listener, a
  // finished lookup and a datagram; an accepted stream is to be read before it wakes.)
  virtual std::unique_ptr<Stream> connect(const Endpoint& to, Wake& wake) = 0;
  virtual NetResult<std::unique_ptr<Listener>> listen(const Endpoint& at, Wake& wake) = 0;
  virtual NetResult<std::unique_ptr<Datagram>> open_datagram(const Endpoint& at, Wake& wake) = 0;
  virtual std::unique_ptr<Lookup> resolve(std::string_view host, std::uint16_t port,
                                          Wake& wake) = 0;

 protected:
  ~Network() = default;
};

}  // namespace pre::seam
