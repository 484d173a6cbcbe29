// An account that keeps its word: what it has acknowledged survives crashes and power losses, and a
// request that is sent again is applied once.
#pragma once

#include <cstdint>
#include <memory>
#include <set>

#include <preordain/preordain.hpp>
#include <preordain/seam/storage.hpp>

namespace ledger {

struct Balance {
  std::int64_t cents;
};
// `id` names the change: the same id again is the same change again.
struct Deposit {
  std::uint64_t id;
  std::int64_t cents;
  using Reply = Balance;
};
struct Withdraw {
  std::uint64_t id;
  std::int64_t cents;
  using Reply = Balance;
};
struct Read {
  using Reply = Balance;
};

inline constexpr std::int64_t opening_cents = 1000;

class Account : public pre::Actor<Deposit, Withdraw, Read> {
 public:
  // What is read back after a restart.
  enum class Recovery : std::uint8_t {
    whole,         // balances, and which changes made them
    balance_only,  // the planted bug: a change that is sent again after a restart counts twice
  };
  explicit Account(Recovery recovery) : recovery_(recovery) {}

  pre::Task<Balance> on(Deposit deposit);
  pre::Task<Balance> on(Withdraw withdraw);
  Balance on(Read) { return {cents_}; }

  std::int64_t cents() const { return cents_; }

 private:
  void started() override;
  void recover();
  // Writes the change down, and is done when it is safe.
  pre::Task<> apply(std::uint64_t id, std::int64_t cents);

  const Recovery recovery_;
  std::unique_ptr<pre::seam::File> journal_;
  std::uint64_t end_ = 0;
  bool named_ = false;  // the journal's name is safe too
  std::set<std::uint64_t> applied_;
  std::int64_t cents_ = opening_cents;
};

}  // namespace ledger
