// One host of the real world, with its files in a directory that goes away with it. The test acts
// as the owner, on the main thread; rings come from the threads of the host.
#include <map>
#include <optional>

#include <preordain/base/spin_lock.hpp>
#include <preordain/native/files.hpp>
#include <preordain/native/host.hpp>
#include <preordain/native/latch.hpp>

#include "world_under_test.hpp"

namespace pre::conformance {
namespace {

// Nothing here takes a second; a machine under a sanitizer may be slow.
constexpr Duration silence_max = 60s;

class NativeWorldUnderTest final : public WorldUnderTest {
 public:
  NativeWorldUnderTest() : directory_(native::make_temporary_directory("conformance").value()) {
    start();
  }
  ~NativeWorldUnderTest() override {
    host_.reset();
    (void)native::remove_tree(directory_);  // a leftover in /tmp fails nobody
  }

  std::string name() const override { return "native"; }
  seam::Environment& environment() override { return host_->environment(); }
  std::string host() const override { return "127.0.0.1"; }
  seam::Environment& peer() override { return host_->environment(); }
  std::string peer_host() const override { return "127.0.0.1"; }
  std::string known_name() const override { return "localhost"; }

  bool run_until(Function<bool()> done) override {
    for (;;) {
      native::Latch latch;
      const Listening listening(*this, latch);  // from here on no ring is lost
      if (done()) return true;
      if (!latch.wait_for(silence_max)) return false;
    }
  }
  void ring() noexcept override {
    const SpinGuard guard(lock_);
    if (waiting_ != nullptr) waiting_->set();
  }

  void restart() override {
    host_.reset();
    start();
  }
  void request_stop() override { host_->request_stop(); }
  std::size_t traced(std::string_view what) const override {
    const SpinGuard guard(lock_);
    const auto found = traced_.find(what);
    return found == traced_.end() ? 0 : found->second;
  }

  bool is_calm() const override { return true; }
  // Linux lets a connection's buffers grow to 4 and 6 MiB.
  std::size_t flood() const override { return 24 << 20; }

 private:
  class Listening {
   public:
    Listening(NativeWorldUnderTest& world, native::Latch& latch) : world_(world) { point(&latch); }
    ~Listening() { point(nullptr); }
    Listening(const Listening&) = delete;
    Listening& operator=(const Listening&) = delete;

   private:
    void point(native::Latch* latch) {
      const SpinGuard guard(world_.lock_);
      world_.waiting_ = latch;
    }
    NativeWorldUnderTest& world_;
  };

  void start() {
    native::Options options;
    options.node_name = "n1";
    options.workers = 2;
    options.data_directory = directory_;
    options.settings = {{"PRE_CONFORMANCE", "yes"}};
    options.handle_signals = false;
    options.trace = [this](const seam::Event& event) {
      const SpinGuard guard(lock_);
      ++traced_[std::string(event.what)];
    };
    host_.emplace(std::move(options));
  }

  const std::string directory_;
  mutable SpinLock lock_;
  native::Latch* waiting_ = nullptr;
  std::map<std::string, std::size_t, std::less<>> traced_;
  std::optional<native::Host> host_;
};

}  // namespace

std::unique_ptr<WorldUnderTest> Native::make(int) {
  return std::make_unique<NativeWorldUnderTest>();
}

}  // namespace pre::conformance
