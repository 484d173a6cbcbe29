// The thread that waits for sockets, timers and signals. Everybody gets at its Asio context through
// this class only, so that a later merge of I/O into the workers has one place to happen.
#pragma once

#include <memory>

namespace boost::asio {
class io_context;
}

namespace pre::native {

class IoThread {
 public:
  IoThread();
  ~IoThread();

  boost::asio::io_context& context() noexcept;
  // Joins: after this no handler runs any more. The context lives on until the destructor.
  void stop();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace pre::native
