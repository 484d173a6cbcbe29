// Plays tests/script/association/*.txt: the association of n1 with n2, a network and a peer.
#include <catch2/catch.hpp>

#include <limits>
#include <optional>
#include <stdexcept>

#include "association.hpp"
#include "script.hpp"
#include "wire_print.hpp"

namespace pre::script {
namespace {

using namespace remoting;

seam::NetError net_error(const std::string& name) {
  for (int i = 1; i <= static_cast<int>(seam::NetError::invalid); ++i) {
    const auto error = static_cast<seam::NetError>(i);
    if (name == seam::name_of(error)) return error;
  }
  throw std::invalid_argument("no such network error: " + name);
}

std::string ask_or_tell(std::uint64_t ask_id) {
  return ask_id == 0 ? std::string("tell") : "ask=" + std::to_string(ask_id);
}

// The stage: one association, the time, and what n2 has to say.
class Stage {
 public:
  std::string play(const Command& command) {
    if (command.name == "limits") {
      options_.limits.messages = command.number("messages", queue_messages_max);
      options_.limits.bytes = command.number("bytes", queue_bytes_max);
      options_.limits.asks = command.number("asks", asks_max);
      return {};
    }
    if (!association_) association_.emplace(options_);
    if (command.name == "advance") now_ += parse_duration(command.words.at(0));
    AssociationInput input{.now = now_, .random = 0, .event = {}};
    if (command.text("jitter") == "most") {
      input.random = std::numeric_limits<std::uint64_t>::max();
    }
    Bytes from_peer;
    input.event = event_of(command, from_peer);
    out_.clear();
    association_->step(std::move(input), out_);
    return print();
  }

 private:
  using Event = decltype(AssociationInput::event);

  Event event_of(const Command& command, Bytes& from_peer) {
    if (command.name == "advance" || command.name == "tick") return link::Tick{};
    if (command.name == "send") return send(command);
    if (command.name == "connected") return connected();
    if (command.name == "connect-failed") return link::ConnectFailed{reason(command)};
    if (command.name == "lost") return link::Disconnected{reason(command)};
    if (command.name == "writable") return link::Writable{command.number("unwritten")};
    if (command.name == "stop") return link::Stop{"the system stops"};
    from_peer = peer_says(command);
    return link::Received{from_peer};
  }

  static seam::NetError reason(const Command& command) {
    return net_error(command.text("reason", "reset"));
  }

  Send send(const Command& command) {
    std::string payload = command.text("text");
    payload.append(command.number("bytes"), 'x');
    const ByteView bytes = as_bytes(payload);
    const WireEnvelope envelope{.target = "/user/ada",
                                .target_uid = {},
                                .type = "Note",
                                .payload = {bytes.begin(), bytes.end()},
                                .ask_id = command.number("ask")};
    Send out{.envelope = encode(envelope).value(),
             .ask_id = envelope.ask_id,
             .deadline = never,
             .peer = Incarnation{command.number("life")}};
    if (command.has("within")) out.deadline = now_ + parse_duration(command.text("within"));
    return out;
  }

  link::Connected connected() {
    peer_writer_ = {};
    printer_ = {};
    return {};
  }

  Bytes peer_says(const Command& command) {
    Bytes out;
    if (command.name == "hello") {
      append_preamble({}, out);
      const WireHello hello{
          .node = command.text("node", "n2"),
          .incarnation = Incarnation{command.number("life", 7)},
          .cluster = command.text("cluster", "blue"),
          .role = Role::acceptor,
          .max_frame = static_cast<std::uint32_t>(command.number("max_frame", 1 << 20))};
      peer_writer_.append_frame(FrameKind::hello, encode(hello), out);
    } else if (command.name == "reject") {
      append_preamble({}, out);
      const WireFarewell farewell{RejectReason::overloaded, "come back later"};
      peer_writer_.append_frame(FrameKind::hello_reject, encode(farewell), out);
    } else if (command.name == "reply") {
      const ByteView bytes = as_bytes(command.args.at("text"));
      const WireReply reply{command.number("ask"), {bytes.begin(), bytes.end()}, {}};
      peer_writer_.append_frame(FrameKind::reply, encode(reply), out);
    } else if (command.name == "error") {
      const WireReply reply{command.number("ask"), {}, Error(Errc::refused, command.text("text"))};
      peer_writer_.append_frame(FrameKind::reply, encode(reply), out);
    } else if (command.name == "pong") {
      peer_writer_.append_frame(FrameKind::pong, encode_pong(command.number("nonce")), out);
    } else if (command.name == "goodbye") {
      const WireFarewell farewell{RejectReason::shutting_down, "maintenance"};
      peer_writer_.append_frame(FrameKind::goodbye, encode(farewell), out);
    } else if (command.name == "noise") {
      out.resize(32, std::byte{0xff});
    } else {
      throw std::invalid_argument("no such command: " + command.name);
    }
    return out;
  }

  std::string print() {
    std::string out;
    if (out_.dial) out += "dial\n";
    out += printer_.print(out_.write);
    if (out_.close) {
      out += "close " + std::string(name_of(out_.close->reason)) + ": " + out_.close->text + "\n";
    }
    if (out_.met) out += print_met(*out_.met);
    for (const WireReply& reply : out_.replies) {
      out += "reply ask=" + std::to_string(reply.ask_id) + " " +
             (reply.error ? reply.error->text() : quoted(reply.payload)) + "\n";
    }
    for (const FailedSend& failed : out_.failed) {
      out += "failed " + ask_or_tell(failed.ask_id) + " " + failed.error.text() + "\n";
    }
    if (out_.possibly_lost != 0) {
      out += "possibly lost: " + std::to_string(out_.possibly_lost) + "\n";
    }
    if (out_.late_replies != 0) out += "late: " + std::to_string(out_.late_replies) + "\n";
    if (out_.round_trip) out += "round trip " + text_of(*out_.round_trip) + "\n";
    for (const LinkEvent& event : out_.events) {
      out += "link " + std::string(name_of(event.state)) + ", " + event.text + "\n";
    }
    return out + print_next();
  }

  static std::string print_met(const PeerMet& met) {
    std::string out = "met " + met.peer.node + " " + std::to_string(met.peer.incarnation.value);
    return out + (met.before ? " before " + std::to_string(met.before.value) : "") + "\n";
  }

  // Only when it changes.
  std::string print_next() {
    if (out_.next_deadline == next_) return {};
    next_ = out_.next_deadline;
    return "next " + (next_ == never ? "never" : text_of(next_.time_since_epoch())) + "\n";
  }

  AssociationOptions options_{
      .self = {.node = "n1", .incarnation = Incarnation{1}, .cluster = "blue"}, .peer = "n2"};
  std::optional<Association> association_;
  AssociationOutputs out_;
  Instant now_{};
  Instant next_ = never;
  FrameWriter peer_writer_;
  WirePrinter printer_;
};

std::string replay_file(const std::filesystem::path& path) {
  Stage stage;
  return replay(read_file(path), [&](const Command& command) { return stage.play(command); });
}

TEST_CASE("an association does what its scripts say", "[script]") {
  for (const std::filesystem::path& path : scripts_in("association")) {
    DYNAMIC_SECTION(path.filename().string()) {
      const std::string expected = read_file(path);
      const std::string actual = replay_file(path);
      INFO(path.string() << " " << first_difference(expected, actual));
      CHECK(expected == actual);
    }
  }
}

TEST_CASE("rewrite the scripts of the association", "[.rewrite]") {
  for (const auto& path : scripts_in("association")) write_file(path, replay_file(path));
}

}  // namespace
}  // namespace pre::script
