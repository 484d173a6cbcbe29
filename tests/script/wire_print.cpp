#include "wire_print.hpp"

#include <optional>

#include "envelope_codec.hpp"
#include "hello_codec.hpp"
#include "script.hpp"

namespace pre::script {
namespace {

using namespace remoting;

std::string print_envelope(ByteView body) {
  const Result<WireEnvelope> envelope = decode_envelope(body);
  if (!envelope) return "damaged: " + envelope.error().text();
  std::string out = "#" + std::to_string(envelope->sequence) + " " + envelope->target;
  if (envelope->ask_id != 0) out += " ask=" + std::to_string(envelope->ask_id);
  if (envelope->remaining != Duration::zero()) out += " within=" + text_of(envelope->remaining);
  return out + " " + quoted(envelope->payload);
}

std::string print_reply(ByteView body) {
  const Result<WireReply> reply = decode_reply(body);
  if (!reply) return "damaged: " + reply.error().text();
  std::string out = "ask=" + std::to_string(reply->ask_id) + " ";
  return out + (reply->error ? reply->error->text() : quoted(reply->payload));
}

std::string print_hello(ByteView body) {
  const Result<WireHello> hello = decode_hello(body);
  if (!hello) return "damaged: " + hello.error().text();
  return std::string(name_of(hello->role)) + " " + hello->node +
         " incarnation=" + std::to_string(hello->incarnation.value) + " cluster=" + hello->cluster +
         " max_frame=" + std::to_string(hello->max_frame);
}

std::string print_farewell(ByteView body) {
  const Result<WireFarewell> farewell = decode_farewell(body);
  return farewell ? remoting::text_of(*farewell) : "damaged: " + farewell.error().text();
}

std::string print_body(const Frame& frame) {
  switch (frame.kind) {
    case FrameKind::hello:
      return print_hello(frame.body);
    case FrameKind::hello_reject:
    case FrameKind::goodbye:
      return print_farewell(frame.body);
    case FrameKind::envelope:
      return print_envelope(frame.body);
    case FrameKind::reply:
      return print_reply(frame.body);
    case FrameKind::ping:
      return std::to_string(decode_ping(frame.body).value());
    case FrameKind::pong:
      return std::to_string(decode_pong(frame.body).value());
  }
  return {};
}

}  // namespace

std::string quoted(ByteView bytes) {
  if (bytes.size() > 64) return std::to_string(bytes.size()) + " bytes";
  return "\"" + std::string(as_text(bytes)) + "\"";
}

std::string WirePrinter::print(ByteView written) {
  std::string out;
  if (!preamble_done_ && !written.empty()) {
    if (preamble_.read(written) != PreambleReader::Progress::done) return "write not a preamble\n";
    preamble_done_ = true;
    out += "write preamble " + std::to_string(preamble_.theirs().min) + ".." +
           std::to_string(preamble_.theirs().max) + "\n";
  }
  while (const std::optional<Frame> frame = reader_.next(written)) {
    out += "write " + std::string(name_of(frame->kind)) + " " + print_body(*frame) + "\n";
  }
  if (reader_.error()) out += "write damaged: " + reader_.error()->text + "\n";
  return out;
}

}  // namespace pre::script
