// The slot: mailbox, turn, and the choice of what comes next.
#include "cell/cell.hpp"

#include <preordain/base/hash.hpp>

#include "tree/parts.hpp"

namespace pre {

Cell::Cell(SystemParts& system, TargetPtr parent, Pid pid, SpawnRequest request)
    : system_(system),
      type_(request.type),
      parent_(std::move(parent)),
      pid_(std::move(pid)),
      supervision_(std::move(request.options.supervision)),
      make_(std::move(request.make)) {
  system_.enlist(*this);
}

Cell::~Cell() { system_.delist(*this); }

seam::Memory& Cell::memory() const noexcept { return system_.memory; }

void Cell::deliver(Envelope* envelope) noexcept {
  if (buried_) return discard(memory(), envelope, Error(Errc::shutting_down));
  if (inbox_.push(envelope)) {
    retain();  // a queued cell keeps itself alive; run() lets go
    system_.environment.executor.ready(*this);
  }
}

seam::Turn::Next Cell::run(unsigned budget) noexcept {
  constexpr unsigned look_every = 64;  // a signal waits behind no more user messages than this
  now_.reset();
  collect();
  for (unsigned steps = 1;; ++steps) {
    if (can_step()) {
      if (budget-- == 0) return Next::again;
      step();
      if (steps % look_every == 0) collect();
      continue;
    }
    collect();
    if (can_step()) continue;
    if (inbox_.try_sleep()) break;
  }
  release();  // may be the end of this cell: nothing of it is touched below
  return Next::idle;
}

void Cell::collect() noexcept {
  Envelope* envelope = inbox_.take();
  while (envelope != nullptr) {
    Envelope* next = envelope->next.load(std::memory_order_relaxed);
    (envelope->type->control ? control_ : user_).push(envelope);
    envelope = next;
  }
}

bool Cell::can_step() const noexcept {
  return !control_.empty() || has_resumable() ||
         (!user_.empty() && (open() || life_ == Life::stopped));
}

void Cell::step() noexcept {
  if (!control_.empty()) return control(control_.pop());
  if (has_resumable()) {
    resume_one();
    if (ended_) settle_task();
    return;
  }
  user_message(user_.pop());
}

void Cell::user_message(Envelope* envelope) noexcept {
  if (life_ == Life::stopped) return dead_letter(envelope, "the actor has stopped");
  if (envelope->type == &signal::type<signal::TimerTurn>) {
    envelope = timer_message(envelope);
    if (envelope == nullptr) return;  // cancelled after it was due
  }
  if (system_.environment.trace.wanted()) trace_message(*envelope);
  type_->dispatch(*this, *actor_, envelope);
}

void Cell::dead_letter(Envelope* envelope, const char* reason) noexcept {
  if (envelope->type == &signal::type<signal::TimerTurn>) {
    return discard(memory(), envelope, Error(Errc::cancelled));  // nobody sent it: no letter
  }
  system_.dead_letters.fetch_add(1, std::memory_order_relaxed);
  trace(seam::EventKind::dead_letter, envelope->type->name, reason);
  discard(memory(), envelope, Error(Errc::no_such_actor, pid_.text() + ": " + reason));
}

Instant Cell::now() const noexcept {
  if (!now_) now_ = system_.environment.clock.now();
  return *now_;
}

void Cell::run_task(std::coroutine_handle<> frame, TaskPromise& root,
                    handler::Delivery::Finish finish, AskState* ask) noexcept {
  PRE_ASSERT(!running_.frame, "one handler at a time");
  running_ = Running{frame, &root, finish, ask};
  TaskOwner::start(root);
}

void Cell::task_done(TaskPromise&) noexcept { ended_ = true; }

// Outside the coroutine's own frame: GCC and clang differ on frames destroyed while they suspend.
void Cell::settle_task() noexcept {
  ended_ = false;
  const Running done = std::exchange(running_, Running{});
  std::exception_ptr error = done.root->exception;
  if (!error) done.finish(*done.root, done.ask);
  done.frame.destroy();
  if (error) handler_failed(error, done.ask);
}

void Cell::cancel_task(const Error& why) noexcept {
  if (!running_.frame) return;
  const Running cut = std::exchange(running_, Running{});
  ended_ = false;
  cut.frame.destroy();
  if (cut.ask != nullptr) cut.ask->reply->fail(*cut.ask, why);
}

void Cell::handler_failed(std::exception_ptr error, AskState* ask) noexcept {
  Error said(Errc::actor_failed, pid_.text() + " failed while answering");
  bool fatal = true;
  try {
    std::rethrow_exception(error);
  } catch (const Failure& failure) {
    fatal = ask == nullptr;
    if (!fatal) said = failure.error();
  } catch (const std::exception& e) {
    said.detail += std::string(": ") + e.what();
  } catch (...) {
  }
  if (ask != nullptr) ask->reply->fail(*ask, std::move(said));
  if (fatal) fail(std::move(error));
}

void Cell::trace(seam::EventKind kind, std::string_view what, std::string_view text,
                 std::uint64_t digest) const noexcept {
  auto& sink = system_.environment.trace;
  if (sink.wanted()) sink.event({kind, pid_.uid.value, digest, what, text});
}

void Cell::trace_message(const Envelope& envelope) const noexcept {
  std::uint64_t digest = 0;
  if (envelope.type->encode != nullptr) {
    Bytes bytes;
    envelope.type->encode(envelope.value(), bytes, nullptr);
    digest = hash_bytes(bytes);
  }
  trace(seam::EventKind::received, envelope.type->name, pid_.path, digest);
}

}  // namespace pre
