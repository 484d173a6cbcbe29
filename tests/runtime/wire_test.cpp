// The bytes of messages: golden values, limits, and input that is not what it says.
#include <catch2/catch.hpp>

#include <array>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <string_view>
#include <variant>

#include <preordain/base/ids.hpp>
#include <preordain/runtime/wire.hpp>

#include "wire_messages.hpp"

namespace wire_tests {

using namespace wire_messages;

// A type with a wire form of its own, as refs have.
struct Handle {
  int number = 0;
  Handle() = default;
  explicit Handle(int n) : number(n) {}
  friend bool operator==(const Handle&, const Handle&) = default;
};

class Book : public pre::wire::Context {
 public:
  int offset = 0;
};

struct UsesHandles {
  Handle one;
  std::vector<Handle> many;
  std::optional<Handle> maybe;
};

}  // namespace wire_tests

template <>
struct pre::wire::WireField<wire_tests::Handle> {
  static void encode(const wire_tests::Handle& handle, Bytes& payload, Context* context) {
    const int number = handle.number + static_cast<wire_tests::Book*>(context)->offset;
    if (number != 0) payload.push_back(static_cast<std::byte>(number));
  }
  static Result<wire_tests::Handle> decode(ByteView payload, Context* context) {
    if (payload.size() > 1) return Error(Errc::not_serializable, "a handle is one byte");
    const int number = payload.empty() ? 0 : std::to_integer<int>(payload[0]);
    return wire_tests::Handle(number - static_cast<wire_tests::Book*>(context)->offset);
  }
};

namespace wire_tests {

using pre::Bytes;
using pre::ByteView;
using pre::Errc;
using pre::wire::Encodable;
using pre::wire::type_name;

struct HasArray {
  int x;
  char name[16];
};
struct HasArrayOfOne {
  int x[1];
};
struct HasStdArray {
  std::array<int, 3> x;
};
struct Base {
  int x;
};
struct Derived : Base {
  int y;
};
struct EmptyBase {};
struct DerivedFromEmpty : EmptyBase {
  int y;
};
struct HasReference {
  int& x;
};
struct HasConst {
  const int x;
};
struct HasPointer {
  int* x;
};
struct HasUnique {
  std::unique_ptr<int> x;
};
struct HasFunction {
  std::function<void()> x;
};
struct HasVariant {
  std::variant<int, std::string> x;
};
struct HasMap {
  std::map<int, int> x;
};
struct HasView {
  std::string_view x;
};
struct HasInstant {
  pre::Instant x;
};
struct HasNested {
  std::vector<std::vector<int>> x;
};
struct HasOptionalVector {
  std::optional<std::vector<int>> x;
};
struct DeepInside {
  Withdraw good;
  std::vector<HasPointer> bad;
};
struct NoDefault {
  explicit NoDefault(int);
};
struct HasNoDefault {
  int x;
  NoDefault y;
};
struct Wide {
  int a[33];
};
struct FloatingDuration {
  std::chrono::duration<double> x;
};
template <class T>
struct Box {
  T content;
};
struct Named {
  static constexpr auto wire_name = "bank.Named";
  int x;
};

static_assert(Encodable<Withdraw>);
static_assert(Encodable<Nothing>);
static_assert(Encodable<Everything>);
static_assert(Encodable<Tree>);
static_assert(Encodable<Box<Box<std::vector<std::string>>>>);
static_assert(Encodable<UsesHandles>);
static_assert(Encodable<Box<pre::ActorUid>>);
static_assert(!Encodable<int>);
static_assert(!Encodable<std::string>);
static_assert(!Encodable<int&>);
static_assert(!Encodable<void>);
static_assert(!Encodable<HasArray>);
static_assert(!Encodable<HasArrayOfOne>);
static_assert(!Encodable<HasStdArray>);
static_assert(!Encodable<Derived>);
static_assert(!Encodable<DerivedFromEmpty>);
static_assert(!Encodable<HasReference>);
static_assert(!Encodable<HasConst>);
static_assert(!Encodable<HasPointer>);
static_assert(!Encodable<HasUnique>);
static_assert(!Encodable<HasFunction>);
static_assert(!Encodable<HasVariant>);
static_assert(!Encodable<HasMap>);
static_assert(!Encodable<HasView>);
static_assert(!Encodable<HasInstant>);
static_assert(!Encodable<HasNested>);
static_assert(!Encodable<HasOptionalVector>);
static_assert(!Encodable<DeepInside>);
static_assert(!Encodable<NoDefault>);
static_assert(!Encodable<HasNoDefault>);
static_assert(!Encodable<Wide>);
static_assert(!Encodable<FloatingDuration>);

static_assert(type_name<Withdraw>() == "wire_messages::Withdraw");
static_assert(type_name<Box<Box<int>>>() == "wire_tests::Box<wire_tests::Box<int>>");
static_assert(type_name<Named>() == "bank.Named");

std::string hex(ByteView bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (std::byte b : bytes) {
    if (!out.empty()) out += ' ';
    out += digits[std::to_integer<std::size_t>(b >> 4)];
    out += digits[std::to_integer<std::size_t>(b & std::byte{15})];
  }
  return out;
}

Bytes unhex(std::string_view text) {
  Bytes out;
  for (std::size_t i = 0; i + 1 < text.size(); i += 3) {
    out.push_back(static_cast<std::byte>(std::stoi(std::string(text.substr(i, 2)), nullptr, 16)));
  }
  return out;
}

template <class M>
std::string encoded(const M& message) {
  Bytes out;
  pre::wire::encode(message, out, nullptr);
  return hex(out);
}

template <class M>
pre::Result<M> decoded(std::string_view text) {
  return pre::wire::decode<M>(unhex(text), nullptr);
}

template <class M>
std::string error_of(std::string_view text) {
  const pre::Result<M> result = decoded<M>(text);
  return result ? std::string("no error") : result.error().text();
}

TEST_CASE("a plain struct encodes to the bytes of its protobuf message", "[wire]") {
  CHECK(encoded(Withdraw{150, "rent"}) == "08 96 01 12 04 72 65 6e 74");
  CHECK(decoded<Withdraw>("08 96 01 12 04 72 65 6e 74").value() == Withdraw{150, "rent"});
}

TEST_CASE("an empty struct encodes to nothing", "[wire]") {
  CHECK(encoded(Nothing{}).empty());
  CHECK(decoded<Nothing>("").has_value());
}

TEST_CASE("zero is left out and comes back as zero, whatever the default in C++", "[wire]") {
  struct Inner {
    int x = 7;
  };
  struct Defaults {
    int x = 5;
    std::string s = "five";
    Inner inner;
    std::vector<int> v = {1};
  };

  CHECK(encoded(Defaults{0, "", {0}, {}}).empty());
  const Defaults absent = decoded<Defaults>("").value();
  CHECK(absent.x == 0);
  CHECK(absent.s.empty());
  CHECK(absent.inner.x == 0);
  CHECK(absent.v.empty());
}

TEST_CASE("a set optional and an element are written even if zero", "[wire]") {
  struct M {
    std::optional<int> o;
    std::optional<Nothing> n;
    std::vector<std::string> s;
  };

  CHECK(encoded(M{0, Nothing{}, {""}}) == "08 00 12 00 1a 00");
  const M back = decoded<M>("08 00 12 00 1a 00").value();
  CHECK(back.o == 0);
  CHECK(back.n.has_value());
  CHECK(back.s == std::vector<std::string>{""});
  CHECK_FALSE(decoded<M>("").value().o.has_value());
}

TEST_CASE("negative numbers are sign-extended to ten bytes", "[wire]") {
  CHECK(encoded(Box<int>{-1}) == "08 ff ff ff ff ff ff ff ff ff 01");
  CHECK(encoded(Box<std::int8_t>{-1}) == "08 ff ff ff ff ff ff ff ff ff 01");
  CHECK(encoded(Box<Color>{Color::red}) == "08 ff ff ff ff ff ff ff ff ff 01");
  CHECK(decoded<Box<Color>>("08 ff ff ff ff ff ff ff ff ff 01").value().content == Color::red);
}

TEST_CASE("floating point numbers are fixed, and minus zero is not zero", "[wire]") {
  CHECK(encoded(Box<float>{1.5F}) == "0d 00 00 c0 3f");
  CHECK(encoded(Box<double>{-0.0}) == "09 00 00 00 00 00 00 00 80");
  CHECK(encoded(Box<double>{0.0}).empty());
}

TEST_CASE("durations are nanoseconds, coarser units are cut off, huge ones saturate", "[wire]") {
  CHECK(encoded(Box<std::chrono::microseconds>{std::chrono::microseconds(1)}) == "08 e8 07");
  CHECK(decoded<Box<std::chrono::microseconds>>("08 cf 0f").value().content.count() == 1);
  Bytes huge;
  pre::wire::encode(Box<std::chrono::hours>{std::chrono::hours::max()}, huge, nullptr);
  CHECK(pre::wire::decode<Box<pre::Duration>>(huge, nullptr).value().content ==
        pre::Duration::max());
}

TEST_CASE("repeated numbers are packed, and read packed or not or mixed", "[wire]") {
  CHECK(encoded(Box<std::vector<int>>{{1, 300}}) == "0a 03 01 ac 02");
  const std::vector<int> expected = {1, 300, 2};
  CHECK(decoded<Box<std::vector<int>>>("0a 03 01 ac 02 08 02").value().content == expected);
  CHECK(decoded<Box<std::vector<int>>>("08 01 08 ac 02 0a 01 02").value().content == expected);
}

TEST_CASE("unknown fields of every kind are skipped", "[wire]") {
  // 100: varint, 101: fixed64, 102: bytes, 103: a group holding a group, 104: fixed32
  const std::string unknown =
      "a0 06 01 a9 06 01 02 03 04 05 06 07 08 b2 06 02 61 62 "
      "bb 06 08 01 c3 06 c4 06 bc 06 c5 06 01 02 03 04 ";
  CHECK(decoded<Withdraw>(unknown + "08 05 " + unknown).value() == Withdraw{5, ""});
  CHECK(decoded<Nothing>(unknown).has_value());
}

TEST_CASE("the last of several scalars counts, and messages are merged", "[wire]") {
  CHECK(decoded<Withdraw>("08 01 12 01 61 08 02 12 01 62").value() == Withdraw{2, "b"});
  CHECK(decoded<Box<Withdraw>>("0a 02 08 01 0a 03 12 01 61").value().content == Withdraw{1, "a"});
  CHECK(*decoded<Box<std::optional<Withdraw>>>("0a 02 08 01 0a 03 12 01 61").value().content ==
        Withdraw{1, "a"});
}

TEST_CASE("a truncated message is refused at every place", "[wire]") {
  Everything all{};
  all.text = "abc";
  all.packed = {1, 2, 300};
  all.doubles = {1.5};
  all.withdrawals = {{1, "x"}, {2, "y"}};
  Bytes whole;
  pre::wire::encode(all, whole, nullptr);
  std::size_t accepted = 0;
  for (std::size_t size = 0; size < whole.size(); ++size) {
    // A copy of exactly this size, so that the sanitizer sees a read beyond it.
    const Bytes part(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    if (pre::wire::decode<Everything>(part, nullptr)) ++accepted;
  }
  // Between two fields the end is as good as any: there are five, the start included.
  CHECK(accepted == 5);
}

TEST_CASE("an error names the message, the field and the reason", "[wire]") {
  const std::string name = "not_serializable: wire_messages::Withdraw: ";
  CHECK(error_of<Withdraw>("12 05 61") == name + "field 2: declares 5 bytes where 1 are left");
  CHECK(error_of<Withdraw>("08") == name + "field 1: the input ends early");
  CHECK(error_of<Withdraw>("0a 00") == name + "field 1: wire type 2 where 0 is expected");
  CHECK(error_of<Withdraw>("0f") == name + "field 1: there is no wire type 7");
  CHECK(error_of<Withdraw>("00") == name + "a tag without a valid field number");
  CHECK(error_of<Withdraw>("1b 08 01") == name + "field 1: a group without an end");
  CHECK(error_of<Withdraw>("1c") == name + "field 3: the end of a group that was never begun");
  CHECK(error_of<Withdraw>("08 ff ff ff ff ff ff ff ff ff ff 01") ==
        name + "field 1: a varint longer than ten bytes");
  CHECK(error_of<Everything>("3a 02 12 05").find("field 7.2: declares 5 bytes") !=
        std::string::npos);
  CHECK(error_of<Box<std::int8_t>>("08 80 01").find("field 1: the number does not fit its type") !=
        std::string::npos);
}

TEST_CASE("messages may lie 32 deep in one another and no deeper", "[wire]") {
  const auto tree = [](int depth) {
    Tree out{1, {}};
    for (int i = 0; i < depth; ++i) {
      Tree outer{1, {}};
      outer.children.push_back(std::move(out));
      out = std::move(outer);
    }
    Bytes bytes;
    pre::wire::encode(out, bytes, nullptr);
    return bytes;
  };

  CHECK(pre::wire::decode<Tree>(tree(32), nullptr).has_value());
  const pre::Result<Tree> deep = pre::wire::decode<Tree>(tree(33), nullptr);
  REQUIRE_FALSE(deep.has_value());
  CHECK(deep.error().detail.ends_with("messages nested too deep"));
}

TEST_CASE("groups that are skipped may lie 32 deep in one another and no deeper", "[wire]") {
  const auto groups = [](std::size_t depth) {
    Bytes out(depth, std::byte{0x1b});
    out.resize(2 * depth, std::byte{0x1c});
    return out;
  };

  CHECK(pre::wire::decode<Withdraw>(groups(32), nullptr).has_value());
  CHECK_FALSE(pre::wire::decode<Withdraw>(groups(33), nullptr).has_value());
}

TEST_CASE("a declared length costs nothing", "[wire]") {
  // 2^62 bytes of text; if they were reserved, this would throw or be killed.
  CHECK_FALSE(decoded<Withdraw>("12 80 80 80 80 80 80 80 80 40").has_value());
  CHECK_FALSE(decoded<Everything>("22 80 80 80 80 80 80 80 80 40").has_value());
}

TEST_CASE("texts are bytes: UTF-8 is not checked", "[wire]") {
  CHECK(decoded<Withdraw>("12 01 ff").value().why == "\xff");
}

TEST_CASE("a type with a wire form of its own is given the context", "[wire]") {
  Book book;
  book.offset = 2;
  const UsesHandles message{Handle(1), {Handle(-2), Handle(5)}, Handle(-2)};

  Bytes out;
  pre::wire::encode(message, out, &book);
  CHECK(hex(out) == "0a 01 03 12 00 12 01 07 1a 00");
  const UsesHandles back = pre::wire::decode<UsesHandles>(out, &book).value();
  CHECK(back.one == message.one);
  CHECK(back.many == message.many);
  CHECK(back.maybe == message.maybe);

  const auto bad = pre::wire::decode<UsesHandles>(unhex("0a 02 03 03"), &book);
  REQUIRE_FALSE(bad.has_value());
  CHECK(bad.error().detail == "wire_tests::UsesHandles: field 1: a handle is one byte");
}

}  // namespace wire_tests
