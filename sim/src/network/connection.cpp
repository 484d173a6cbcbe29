// Keeping the books: what is consumed is erased, and what is over is made as new.
#include "network/connection.hpp"

namespace pre::sim {

namespace {
constexpr std::size_t erase_from = 16 * 1024;
}  // namespace

void Pipe::consume(std::size_t count) {
  consumed += count;
  head += count;
  if (head == bytes.size()) {
    bytes.clear();
    head = 0;
  } else if (head >= erase_from && head >= bytes.size() / 2) {
    // Moving the rest only when it is the smaller part makes reading linear.
    bytes.erase(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(head));
    head = 0;
  }
}

void Pipe::recycle() {
  Pipe fresh;
  fresh.bytes = std::move(bytes);
  fresh.bytes.clear();
  fresh.flight = std::move(flight);
  fresh.flight.clear();
  *this = std::move(fresh);
}

void End::recycle() {
  waker.detach();
  *this = End{};
}

void Connection::recycle() {
  number = 0;
  for (End& end : ends) end.recycle();
  for (Pipe& pipe : pipes) pipe.recycle();
  severed = false;
  give_up_at = {};
}

}  // namespace pre::sim
