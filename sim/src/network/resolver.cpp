// Questions are answered after one latency; the answer is looked up at that time.
#include "network/resolver.hpp"

namespace pre::sim {

Handle Resolver::ask(Life& life, std::string_view host, std::uint16_t port, seam::Wake& wake) {
  const Handle handle = questions_.acquire();
  Question& question = *questions_.find(handle);
  question.life = &life;
  question.about = {std::string(host), port};
  question.waker.attach(life, wake);
  const Knobs& knobs = core_.knobs;
  const Duration takes =
      core_.choice.between(life.scope, Site::resolve, knobs.latency_min, knobs.latency_max);
  static_cast<void>(core_.plan_after(
      takes, *this, static_cast<std::uint64_t>(handle.generation) << 32 | handle.index));
  return handle;
}

void Resolver::happen(std::uint64_t argument) {
  Question* question = questions_.find(
      {static_cast<std::uint32_t>(argument), static_cast<std::uint32_t>(argument >> 32)});
  if (question == nullptr) return;  // the asker gave up
  question->answered = true;
  question->life->write(Kind::resolved, 0, links_.find(question->about.host) ? 1 : 0,
                        question->about.host);
  question->waker.call();
}

seam::NetResult<std::vector<seam::Endpoint>> Resolver::result(Handle handle) {
  const Question& question = *questions_.find(handle);
  if (!question.answered) return tl::make_unexpected(seam::NetError::would_block);
  if (!links_.find(question.about.host)) return tl::make_unexpected(seam::NetError::name_failure);
  return std::vector<seam::Endpoint>{question.about};
}

void Resolver::life_ended(const Life& life) {
  questions_.each([&](Handle handle, Question& question) {
    if (question.life == &life) questions_.release(handle);
  });
}

}  // namespace pre::sim
