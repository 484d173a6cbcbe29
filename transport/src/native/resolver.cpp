// Names to addresses by the system's getaddrinfo, which blocks: Asio runs it on a thread of its
// own.
#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <optional>

#include "native/addresses.hpp"
#include "native/net_error.hpp"
#include "native/network.hpp"
#include "native/wake_wire.hpp"

namespace pre::native {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

using Answer = seam::NetResult<std::vector<seam::Endpoint>>;

// Shared by the look-up and the resolver's handler.
class Question {
 public:
  explicit Question(seam::Wake& wake) : wire(wake) {}

  void answer(Answer answer) {
    {
      const std::scoped_lock lock(mutex_);
      answer_ = std::move(answer);
    }
    wire.wake();
  }
  Answer current() {
    const std::scoped_lock lock(mutex_);
    return answer_;
  }

  WakeWire wire;

 private:
  std::mutex mutex_;
  Answer answer_ = tl::make_unexpected(seam::NetError::would_block);
};

Answer to_answer(const error_code& failed, const tcp::resolver::results_type& found) {
  if (failed) return tl::make_unexpected(net_error(failed));
  std::vector<seam::Endpoint> endpoints;
  for (const auto& entry : found) {
    // The order is the system's preference; doubles say nothing.
    seam::Endpoint endpoint = seam_endpoint(entry.endpoint());
    if (std::ranges::find(endpoints, endpoint) == endpoints.end()) {
      endpoints.push_back(std::move(endpoint));
    }
  }
  if (endpoints.empty()) return tl::make_unexpected(seam::NetError::name_failure);
  return endpoints;
}

class SystemLookup final : public seam::Lookup {
 public:
  SystemLookup(IoThread& io, const seam::Endpoint& name, seam::Wake& wake)
      : question_(std::make_shared<Question>(wake)), resolver_(io.context()) {
    if (const auto numeric = asio_endpoint<tcp::endpoint>(name)) {
      asio::post(io.context(), [question = question_, answer = seam_endpoint(*numeric)] {
        question->answer(std::vector{answer});
      });
      return;
    }
    // Without numeric_service alone Asio would ask for families that have a non-loopback address,
    // and a machine off the net could not find localhost.
    resolver_.async_resolve(
        name.host, std::to_string(name.port), tcp::resolver::numeric_service,
        [question = question_](const error_code& failed, const tcp::resolver::results_type& found) {
          question->answer(to_answer(failed, found));
        });
  }
  ~SystemLookup() override { question_->wire.cut(); }

  Answer result() override { return question_->current(); }

 private:
  std::shared_ptr<Question> question_;
  tcp::resolver resolver_;
};

}  // namespace

std::unique_ptr<seam::Lookup> look_up(IoThread& io, std::string_view host, std::uint16_t port,
                                      seam::Wake& wake) {
  return std::make_unique<SystemLookup>(io, seam::Endpoint{std::string(host), port}, wake);
}

}  // namespace pre::native
