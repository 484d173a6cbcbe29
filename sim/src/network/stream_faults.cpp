// What befalls streams when hosts die and links change.
#include "network/streams.hpp"

namespace pre::sim {

// Retransmissions reach the host again; it knows nothing of the connections of its earlier lives.
void Streams::host_started(NodeId host) {
  connections_.each([&](Handle handle, Connection& connection) {
    for (Side side : {0U, 1U}) {
      End& end = connection.ends[side];
      if (end.host != host) continue;
      if (end.phase == End::Phase::gone) end.silent = false;
      go_on(handle, connection, other(side));
    }
  });
}

void Streams::life_ended(Life& life, Death death) {
  // Those who wait to be accepted belong to the life already and die with it below.
  listeners_.each_of(life, [this](Handle handle, Listening&) { listeners_.close(handle); });
  connections_.each([&](Handle handle, Connection& connection) {
    for (Side side : {0U, 1U}) {
      // Looked up anew: both ends may be of this life, and the connection ends with the second.
      if (connections_.find(handle) == nullptr) return;
      if (connection.ends[side].life == &life) die(handle, connection, side, death);
    }
  });
}

// The operating system cleans up after a crashed process; after a power loss there is none.
void Streams::die(Handle handle, Connection& connection, Side side, Death death) {
  End& end = connection.ends[side];
  const Knobs& knobs = core_.knobs;
  Scope& scope = end.life->scope;
  if (death == Death::power_loss ||
      core_.choice.fires(scope, Site::crash_half_open, knobs.crash_half_open)) {
    end.silent = true;
    end.failure = seam::NetError::reset;
  } else if (core_.choice.fires(scope, Site::crash_end, knobs.crash_end)) {
    shutdown_write(handle, side);
  } else {
    end.failure = seam::NetError::reset;
    send_reset(handle, connection, other(side), Reset::hard);
  }
  let_go(handle, connection, side);
}

void Streams::healed(NodeId from, NodeId to) {
  connections_.each([&](Handle handle, Connection& connection) {
    for (Side side : {0U, 1U}) {
      if (connection.ends[side].host != from || connection.ends[other(side)].host != to) continue;
      go_on(handle, connection, side);
    }
  });
}

template <class F>
void Streams::between(NodeId one, NodeId other_host, F&& f) {
  connections_.each([&](Handle handle, Connection& connection) {
    const NodeId a = connection.ends[0].host;
    const NodeId b = connection.ends[1].host;
    if ((a == one && b == other_host) || (a == other_host && b == one)) f(handle, connection);
  });
}

void Streams::reset_between(NodeId one, NodeId other_host) {
  between(one, other_host, [this](Handle, Connection& connection) {
    for (Side side : {0U, 1U}) {
      const End& end = connection.ends[side];
      if (!end.usable() || end.phase == End::Phase::absent) continue;
      write(Kind::reset, connection, side, 0, "by the harness");
      fail(connection, side, seam::NetError::reset);
    }
  });
}

void Streams::sever_between(NodeId one, NodeId other_host) {
  between(one, other_host, [this](Handle, Connection& connection) {
    if (connection.severed) return;
    connection.severed = true;
    write(Kind::severed, connection, 0, 0);
  });
}

}  // namespace pre::sim
