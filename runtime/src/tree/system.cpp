#include <preordain/runtime/system.hpp>

#include "tree/parts.hpp"

namespace pre {

namespace {

struct Begin {};

// A slot for a program. Awaiting the program keeps its mailbox shut; that is all it ever gets.
class ProgramActor : public Actor<Begin> {
 public:
  explicit ProgramActor(std::shared_ptr<Function<Task<>()>> program)
      : program_(std::move(program)) {}
  Task<> on(Begin) { co_await (*program_)(); }

 private:
  void started() override { self().tell<Begin>(); }
  // Shared with the factory only: a lambda coroutine's captures must outlive its frame.
  std::shared_ptr<Function<Task<>()>> program_;
};

}  // namespace

System::System(seam::Environment& environment)
    : parts_(std::make_unique<SystemParts>(*this, environment)) {}

System::~System() = default;

TargetPtr System::spawn_user(SpawnRequest request) {
  return parts_->make(parts_->user(), std::move(request), SystemParts::From::outside);
}

TargetPtr System::spawn_internal(SpawnRequest request) {
  return parts_->make(parts_->internal(), std::move(request), SystemParts::From::outside);
}

void System::run(Program program) {
  run("program", [this, program] { return program(*this); });
}

void System::run(std::string_view name, Function<Task<>()> program) {
  SpawnOptions options{.name = std::string(name),
                       .supervision = Supervision().otherwise(Directive::stop)};
  auto shared = std::make_shared<Function<Task<>()>>(std::move(program));
  (void)spawn_system<ProgramActor>(std::move(options), std::move(shared));
}

void System::stop(seam::Wake* then) noexcept {
  parts_->then_wake.store(then);
  parts_->stop();
  if (!stopped()) return;  // if it had stopped before, nobody else will say so
  if (auto* wake = parts_->then_wake.exchange(nullptr)) wake->wake();
}

bool System::stopped() const noexcept { return parts_->stopped.load(std::memory_order_acquire); }

Result<TargetPtr> System::find(std::string_view path) const {
  TargetPtr cell = parts_->directory.find(path);
  if (!cell) return Error(Errc::no_such_actor, "nobody lives at " + std::string(path));
  return cell;
}

void System::keep(std::unique_ptr<Extension> extension) {
  SpinGuard guard(parts_->extensions_lock);
  parts_->extensions.push_back(std::move(extension));
}

Instant System::now() const { return parts_->environment.clock.now(); }
seam::Random& System::random() const noexcept { return parts_->environment.random; }
seam::Environment& System::environment() const noexcept { return parts_->environment; }
std::string_view System::node_name() const noexcept {
  return parts_->environment.process.node_name();
}

}  // namespace pre
