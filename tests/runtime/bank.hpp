// The actors that the tests of the runtime talk to.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include <preordain/testkit/testkit.hpp>

namespace bank {

using namespace pre;

struct Balance {
  std::int64_t cents;
};
struct Deposit {
  std::int64_t cents;
};
struct Withdraw {
  std::int64_t cents;
  using Reply = Balance;
};

class Account : public Actor<Deposit, Withdraw> {
 public:
  explicit Account(std::int64_t cents = 0) : cents_(cents) {}
  void on(Deposit d) { cents_ += d.cents; }
  Result<Balance> on(Withdraw w) {
    if (w.cents > cents_) return refuse("insufficient funds");
    return Balance{cents_ -= w.cents};
  }

 private:
  std::int64_t cents_;
};

// Does what a message says, good or bad, and writes down what happens to it.
struct Say {
  std::string what;
};
struct Echo {
  std::string what;
  using Reply = std::string;
};
struct Slow {
  Duration time;
  std::string what;
  using Reply = std::string;
};
struct Later {
  using Reply = std::string;
};
struct Answer {
  std::string what;
};
struct Drop {
  using Reply = std::string;
};
struct Throw {
  std::string what;
};
struct ThrowWhenAsked {
  std::string what;
  using Reply = std::string;
};
struct Quit {};

struct Bad : std::runtime_error {
  using runtime_error::runtime_error;
};

using Journal = std::vector<std::string>;

class Subject : public Actor<Say, Echo, Slow, Later, Answer, Drop, Throw, ThrowWhenAsked, Quit> {
 public:
  explicit Subject(Journal* journal, std::string name = "")
      : journal_(journal), name_(std::move(name)) {}

  void on(Say m) { write(m.what); }
  std::string on(Echo m) { return m.what; }
  Task<std::string> on(Slow m) {
    write("begin " + m.what);
    co_await sleep(m.time);
    write("end " + m.what);
    co_return m.what;
  }
  void on(Later, Reply<std::string> reply) { owed_.push_back(std::move(reply)); }
  void on(Answer m) {
    for (auto& reply : std::exchange(owed_, {})) reply.send(m.what);
  }
  void on(Drop, Reply<std::string>) {}
  void on(Throw m) { throw Bad(m.what); }
  std::string on(ThrowWhenAsked m) { throw Bad(m.what); }
  void on(Quit) { stop(); }

 protected:
  void started() override { write("started"); }
  void stopping() override { write("stopping"); }
  void write(const std::string& what) {
    journal_->push_back(name_.empty() ? what : name_ + " " + what);
  }

 private:
  Journal* journal_;
  std::string name_;
  std::vector<Reply<std::string>> owed_;
};

}  // namespace bank
