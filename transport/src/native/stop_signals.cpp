#include "native/stop_signals.hpp"

#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>

namespace pre::native {
namespace {

// 128 + SIGINT, what a shell reports of a program ended by Ctrl-C.
constexpr int interrupted = 130;

}  // namespace

struct StopSignals::Set {
  explicit Set(boost::asio::io_context& context) : signals(context, SIGTERM, SIGINT) {}
  boost::asio::signal_set signals;
};

StopSignals::StopSignals(IoThread& io, NodeProcess& process)
    : process_(process), set_(std::make_unique<Set>(io.context())) {
  wait_for_first();
}

StopSignals::~StopSignals() = default;

void StopSignals::wait_for_first() {
  set_->signals.async_wait([this](const boost::system::error_code& cancelled, int) {
    if (cancelled) return;
    wait_for_second();
    process_.request_stop();
  });
}

void StopSignals::wait_for_second() {
  set_->signals.async_wait([](const boost::system::error_code& cancelled, int) {
    if (!cancelled) ::_exit(interrupted);
  });
}

}  // namespace pre::native
