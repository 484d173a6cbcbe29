#include "listener_actor.hpp"

namespace pre::remoting {

ListenerActor::ListenerActor(std::shared_ptr<Shared> parts, std::shared_ptr<Listening> listening)
    : parts_(std::move(parts)), listening_(std::move(listening)) {}

void ListenerActor::started() {
  listening_->ready.bind(self());
  accept();
}

void ListenerActor::stopping() { listening_->listener.reset(); }

void ListenerActor::on(AcceptReady) {
  listening_->ready.heard();
  accept();
}

void ListenerActor::on(const Terminated&) { --connections_; }

void ListenerActor::accept() {
  for (;;) {
    auto accepted = std::make_shared<Accepted>();
    auto stream = listening_->listener->accept(accepted->ready);
    if (!stream) return;
    if (connections_ >= connections_max) {
      (*stream)->abort();
      parts_->count_close(CloseReason::overloaded);
      continue;
    }
    accepted->stream = std::move(*stream);
    ++connections_;
    // A connection whose driver fails is closed; its peer dials again.
    SpawnOptions options{.supervision = Supervision().otherwise(Directive::stop)};
    watch(spawn<InboundActor>(std::move(options), parts_, std::move(accepted)));
  }
}

}  // namespace pre::remoting
