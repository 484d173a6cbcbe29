#include "ledger/account.hpp"

#include <array>
#include <stdexcept>

#include <preordain/base/hash.hpp>
#include <preordain/runtime/file.hpp>

namespace ledger {

using namespace pre;

namespace {

// One line of the journal: id, change, checksum. A torn or missing tail fails the checksum.
constexpr std::size_t record_size = 24;
using Record = std::array<std::byte, record_size>;

Record record_of(std::uint64_t id, std::int64_t cents) {
  Record record;
  store_le(&record[0], id);
  store_le(&record[8], static_cast<std::uint64_t>(cents));
  store_le(&record[16], hash_bytes(ByteView(record).first(16)));
  return record;
}
bool intact(const Record& record) {
  return load_le<std::uint64_t>(&record[16]) == hash_bytes(ByteView(record).first(16));
}

template <class T>
T checked(seam::DiskResult<T> result, const char* what) {
  if (!result) {
    throw Failure(
        Error(Errc::storage_failed, std::string(what) + ": " + seam::name_of(result.error())));
  }
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

// What the disk holds is unknown now: fail, be restarted, and read it again.
void must_hold(const Result<void>& synced) {
  if (!synced) throw std::runtime_error(synced.error().text());
}

}  // namespace

void Account::started() {
  std::string file = pid().path.substr(pid().path.rfind('/') + 1) + ".journal";
  auto& storage = system().environment().storage;
  journal_ = checked(storage.open(file, seam::OpenMode::create), "open the journal");
  recover();
}

void Account::recover() {
  Record record;
  while (checked(journal_->read(end_, record), "read the journal") == record_size) {
    if (!intact(record)) break;
    const bool news = applied_.insert(load_le<std::uint64_t>(&record[0])).second;
    if (news) cents_ += static_cast<std::int64_t>(load_le<std::uint64_t>(&record[8]));
    end_ += record_size;
  }
  checked(journal_->truncate(end_), "cut off the journal's torn end");
  if (recovery_ == Recovery::balance_only) applied_.clear();
}

Task<> Account::apply(std::uint64_t id, std::int64_t cents) {
  const Record record = record_of(id, cents);
  checked(journal_->write(end_, record), "write the journal");
  end_ += record_size;
  auto safe = co_await synced(*this, *journal_);
  must_hold(safe);
  if (!named_) {
    auto named = co_await synced_directory(*this, "");
    must_hold(named);
    named_ = true;
  }
  applied_.insert(id);
  cents_ += cents;
}

Task<Balance> Account::on(Deposit deposit) {
  if (!applied_.contains(deposit.id)) {
    co_await apply(deposit.id, deposit.cents);
  }
  co_return Balance{cents_};
}

Task<Balance> Account::on(Withdraw withdraw) {
  if (!applied_.contains(withdraw.id)) {
    if (withdraw.cents > cents_) throw Failure(refuse("insufficient funds"));
    co_await apply(withdraw.id, -withdraw.cents);
  }
  co_return Balance{cents_};
}

}  // namespace ledger
