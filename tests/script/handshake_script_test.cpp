// Plays tests/script/handshake/*.txt: two nodes, or a node and a stranger, shaking hands.
#include <catch2/catch.hpp>

#include <optional>
#include <stdexcept>
#include <utility>

#include "handshake.hpp"
#include "script.hpp"
#include "wire_print.hpp"

namespace pre::script {
namespace {

using namespace remoting;

// One end, and what it has been sent and not read.
struct End {
  std::string name;
  Handshake machine;
  Bytes arrived{};
  WirePrinter printer{};
  bool over = false;
};

class Stage {
 public:
  // dialler|acceptor node=n1 life=1 cluster=blue min=1 max=1 max_frame=1048576 expect=n2
  // deliver           what one end wrote reaches the other, until nothing is left
  // corrupt to=acceptor byte=20    flips a bit of what is on its way
  // type to=acceptor text=GET      a stranger's bytes
  // advance 5s
  std::string play(const Command& command) {
    if (command.name == "dialler") return enter(dialler_, Role::dialler, command);
    if (command.name == "acceptor") return enter(acceptor_, Role::acceptor, command);
    if (command.name == "deliver") return deliver();
    if (command.name == "corrupt") return corrupt(command);
    if (command.name == "type") return type(command);
    if (command.name == "advance") return advance(parse_duration(command.words.at(0)));
    throw std::invalid_argument("no such command: " + command.name);
  }

 private:
  // A dialler begins a new scene.
  std::string enter(std::optional<End>& end, Role role, const Command& command) {
    if (role == Role::dialler) {
      acceptor_.reset();
      on_the_way_.clear();
    }
    const Identity identity{
        .node = command.text("node", role == Role::dialler ? "n1" : "n2"),
        .incarnation = Incarnation{command.number("life", role == Role::dialler ? 1 : 2)},
        .cluster = command.text("cluster", "blue"),
        .max_frame = static_cast<std::uint32_t>(command.number("max_frame", 1 << 20)),
        .versions = {static_cast<std::uint8_t>(command.number("min", 1)),
                     static_cast<std::uint8_t>(command.number("max", 1))}};
    end.emplace(
        End{std::string(name_of(role)), Handshake(identity, role, command.text("expect"), now_)});
    return step(*end);
  }

  End* other(const End& end) {
    std::optional<End>& found = end.name == "dialler" ? acceptor_ : dialler_;
    return found ? &*found : nullptr;
  }

  End& named(const std::string& name) {
    return name == "dialler" ? dialler_.value() : acceptor_.value();
  }

  std::string step(End& end) {
    if (end.over) return {};
    HandshakeOutputs out;
    end.machine.step({now_, end.arrived}, out);
    end.arrived.erase(end.arrived.begin(),
                      end.arrived.begin() + static_cast<std::ptrdiff_t>(out.consumed));
    std::string text = end.printer.print(out.write);
    if (End* peer = other(end)) {
      append(peer->arrived, out.write);
    } else {
      append(on_the_way_, out.write);
    }
    end.over = out.accepted || out.refused;
    if (out.accepted) {
      text += "accepts " + out.accepted->node +
              " incarnation=" + std::to_string(out.accepted->incarnation.value) +
              " version=" + std::to_string(out.accepted->version) +
              " max_frame=" + std::to_string(out.accepted->max_frame) + "\n";
    }
    if (out.refused) {
      text +=
          "refuses " + std::string(name_of(out.refused->reason)) + ": " + out.refused->text + "\n";
    }
    return with_name(end.name, text);
  }

  static std::string with_name(const std::string& name, std::string_view text) {
    std::string out;
    while (!text.empty()) {
      const std::size_t end = text.find('\n') + 1;
      out += name + " " + std::string(text.substr(0, end));
      text.remove_prefix(end);
    }
    return out;
  }

  std::string deliver() {
    append(acceptor_->arrived, std::exchange(on_the_way_, {}));
    std::string out;
    for (int round = 0; round < 3; ++round) out += step(*acceptor_) + step(*dialler_);
    return out;
  }

  std::string corrupt(const Command& command) {
    Bytes& bytes = acceptor_ ? named(command.text("to")).arrived : on_the_way_;
    bytes.at(command.number("byte")) ^= std::byte{1};
    return {};
  }

  std::string type(const Command& command) {
    End& end = named(command.text("to"));
    append(end.arrived, as_bytes(command.text("text")));
    return step(end);
  }

  std::string advance(Duration duration) {
    now_ += duration;
    std::string out;
    if (acceptor_) out += step(*acceptor_);
    if (dialler_) out += step(*dialler_);
    return out;
  }

  Instant now_{};
  std::optional<End> dialler_;
  std::optional<End> acceptor_;
  Bytes on_the_way_;  // written by the dialler before there was an acceptor
};

std::string replay_file(const std::filesystem::path& path) {
  Stage stage;
  return replay(read_file(path), [&](const Command& command) { return stage.play(command); });
}

TEST_CASE("a handshake does what its scripts say", "[script]") {
  for (const std::filesystem::path& path : scripts_in("handshake")) {
    DYNAMIC_SECTION(path.filename().string()) {
      const std::string expected = read_file(path);
      const std::string actual = replay_file(path);
      INFO(path.string() << " " << first_difference(expected, actual));
      CHECK(expected == actual);
    }
  }
}

TEST_CASE("rewrite the scripts of the handshake", "[.rewrite]") {
  for (const auto& path : scripts_in("handshake")) write_file(path, replay_file(path));
}

}  // namespace
}  // namespace pre::script
