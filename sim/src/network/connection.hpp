// One connection: two ends, and a pipe in each direction. These are the books of both operating
// systems in one place; who does what with them is in streams.hpp.
//
//        written          sent         arrived        consumed
//   write() ---> buffer ------> flight -------> window ---------> read()
//            <---------------------------- acked
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include <preordain/base/bytes.hpp>
#include <preordain/seam/network.hpp>

#include "life.hpp"
#include "ring.hpp"
#include "slots.hpp"

namespace pre::sim {

// 0: the end that connected. 1: the end that was accepted.
using Side = unsigned;
constexpr Side other(Side side) { return 1 - side; }

struct Segment {
  enum class Carries : std::uint8_t {
    open,  // the answer to a connect
    data,
    end,  // nothing comes after this
  };
  std::uint64_t up_to = 0;  // the last byte's position in the stream, plus one
  Instant due{};
  Carries carries = Carries::data;
};

// One direction. Positions count bytes since the beginning: consumed <= arrived <= sent <= written
// and acked <= arrived.
struct Pipe {
  Bytes bytes;           // [consumed, written), after the first `head` of them
  std::size_t head = 0;  // bytes already consumed but not yet erased
  std::uint64_t consumed = 0;
  std::uint64_t acked = 0;  // the sender knows that they arrived
  std::uint64_t arrived = 0;
  std::uint64_t sent = 0;
  std::uint64_t written = 0;
  Ring<Segment> flight;
  Instant last_due{};   // segments keep their order
  bool moving = false;  // the arrival of the first in flight is planned
  bool held = false;    // the first in flight found the path blocked
  bool ack_planned = false;
  bool ack_held = false;    // the way back is blocked
  bool end_wanted = false;  // the sender will write no more
  bool end_sent = false;
  bool end_arrived = false;
  Ticket patience{};  // when the sender gives up

  ByteView view(std::uint64_t from, std::uint64_t to) const {
    return ByteView(bytes).subspan(head + (from - consumed), to - from);
  }
  void consume(std::size_t count);
  void recycle();
};

struct End {
  enum class Phase : std::uint8_t {
    absent,      // the acceptor, before the first segment came
    connecting,  // the connector, until the answer came
    waiting,     // the acceptor, until accept()
    open,
    gone,  // closed, or its program died
  };
  Phase phase = Phase::absent;
  NodeId host = no_node;
  std::uint16_t port = 0;
  Life* life = nullptr;  // nullptr: absent or gone
  Waker waker;
  std::optional<seam::NetError> failure;  // ends both directions at once
  bool writes_fail = false;               // the peer closed: what it sent can still be read
  bool read_blocked = false;              // answered would_block and owes a wake
  bool write_blocked = false;
  bool silent = false;  // gone, and nobody there answers for it

  bool usable() const noexcept { return phase != Phase::gone && !failure; }
  void recycle();
};

struct Connection {
  std::uint64_t number = 0;  // in the history; names the connection in records
  std::array<End, 2> ends;
  std::array<Pipe, 2> pipes;  // pipes[s] carries what side s writes
  bool severed = false;
  Instant give_up_at{};  // of the connect

  void recycle();
};

}  // namespace pre::sim
