// The verbs of an actor and of its handlers, which the public headers declare.
#include "cell/cell.hpp"
#include "tree/parts.hpp"

namespace pre {

namespace {
Cell& checked(Cell* cell) {
  PRE_ASSERT(cell != nullptr, "an actor's verbs work from started() on, not in its constructor");
  return *cell;
}
}  // namespace

System& ActorBase::system() const noexcept { return checked(cell_).system().owner; }
Instant ActorBase::now() const { return checked(cell_).now(); }
seam::Random& ActorBase::random() const noexcept {
  return checked(cell_).system().environment.random;
}
const Pid& ActorBase::pid() const noexcept { return checked(cell_).pid(); }
seam::Memory& ActorBase::memory() const noexcept { return checked(cell_).memory(); }
TargetPtr ActorBase::self_target() const noexcept { return TargetPtr(&checked(cell_)); }
void ActorBase::stop() { checked(cell_).stop_self(); }
void ActorBase::watch_target(const TargetPtr& target) { checked(cell_).watch(target); }
void ActorBase::unwatch_target(const TargetPtr& target) { checked(cell_).unwatch(target); }

void ActorBase::stop(const TargetPtr& other) {
  if (!other->pid().node.empty()) {
    throw Failure(Error(Errc::invalid_argument, "stop " + other->pid().text() +
                                                    ": only actors of this node can be stopped"));
  }
  cell_of(other).send(signal::Stop{});
}

void ActorBase::log(std::string_view text) const {
  const Cell& cell = checked(cell_);
  auto& trace = cell.system().environment.trace;
  if (trace.wanted()) {
    trace.event({seam::EventKind::log, cell.pid().uid.value, 0, cell.pid().path, text});
  }
}

TargetPtr ActorBase::spawn_child(SpawnRequest request) {
  return checked(cell_).make_child(std::move(request));
}

Timer ActorBase::start_timer(Duration first, Duration period, Function<Envelope*()> make) {
  Cell& cell = checked(cell_);
  return Timer(cell, cell.start_message_timer(first, period, std::move(make)));
}

void Timer::cancel() noexcept {
  if (cell_ != nullptr) std::exchange(cell_, nullptr)->cancel_timer(id_);
}

void Sleep::suspend(TaskPromise& promise) {
  cell_ = &static_cast<Cell&>(*promise.owner);
  id_ = cell_->start_timer(duration_, [this, &promise] {
    cell_ = nullptr;
    promise.owner->post(promise);
  });
}

Sleep::~Sleep() {
  if (cell_ != nullptr) cell_->cancel_timer(id_);
}

namespace handler {

Delivery::~Delivery() {
  if (envelope_->ask != nullptr)
    take_ask()->release();  // taken over by nobody: cannot happen twice
  envelope_->type->destroy(envelope_->value());
  free_block(cell_.memory(), envelope_);
}

void Delivery::failed(std::exception_ptr error) noexcept {
  cell_.handler_failed(std::move(error), take_ask());
}

void Delivery::run(std::coroutine_handle<> frame, TaskPromise& root, Finish finish) noexcept {
  cell_.run_task(frame, root, finish, take_ask());
}

void unhandled(Cell& cell, Envelope* envelope) noexcept {
  cell.dead_letter(envelope, "it does not accept this message");
}

}  // namespace handler
}  // namespace pre
