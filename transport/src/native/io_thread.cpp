#include "native/io_thread.hpp"

#include <pthread.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <thread>

namespace pre::native {

struct IoThread::Parts {
  boost::asio::io_context context;
  // Keeps run() going while nothing is waited for.
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard{
      context.get_executor()};
  std::thread thread;
};

IoThread::IoThread() : parts_(std::make_unique<Parts>()) {
  parts_->thread = std::thread([&context = parts_->context] {
    ::pthread_setname_np(::pthread_self(), "io");
    context.run();
  });
}

IoThread::~IoThread() { stop(); }

boost::asio::io_context& IoThread::context() noexcept { return parts_->context; }

void IoThread::stop() {
  parts_->context.stop();
  if (parts_->thread.joinable()) parts_->thread.join();
}

}  // namespace pre::native
