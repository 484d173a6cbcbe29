#include "tree/parts.hpp"

#include <preordain/base/hash.hpp>

namespace pre {

namespace {
class Guardian : public Actor<> {};

const ActorType& guardian_type() { return handler::actor_type<Guardian>; }
}  // namespace

bool Directory::insert(const std::string& path, const TargetPtr& cell) {
  SpinGuard guard(lock_);
  return cells_.emplace(path, cell).second;
}

void Directory::erase(const std::string& path, const Target& cell) {
  TargetPtr last;  // released after the lock
  SpinGuard guard(lock_);
  const auto found = cells_.find(path);
  if (found == cells_.end() || found->second.get() != &cell) return;
  last = std::move(found->second);
  cells_.erase(found);
}

TargetPtr Directory::find(std::string_view path) const {
  SpinGuard guard(lock_);
  const auto found = cells_.find(path);
  return found == cells_.end() ? TargetPtr() : found->second;
}

void Directory::clear() {
  std::map<std::string, TargetPtr, std::less<>> gone;
  SpinGuard guard(lock_);
  gone.swap(cells_);
}

SystemParts::SystemParts(System& system, seam::Environment& env)
    : owner(system), environment(env), memory(env.memory) {
  root_ = guardian({}, "/");
  cell_of(root_).stop_children_in_order();
  user_ = guardian(root_, "/user");
  system_ = guardian(root_, "/system");
}

SystemParts::~SystemParts() {
  for (Cell* cell = all_; cell != nullptr; cell = cell->all_next_) cell->buried_ = true;
  extensions.clear();
  directory.clear();
  root_ = user_ = system_ = {};
  // Burying one cell may end others: start again from the head until none is left unburied.
  while (all_ != nullptr) {
    TargetPtr keep(all_);
    Cell& cell = *all_;
    delist(cell);
    cell.bury();
  }
}

TargetPtr SystemParts::guardian(const TargetPtr& parent, std::string path) {
  SpawnRequest request{{}, &guardian_type(), ActorFactory([]() -> std::unique_ptr<ActorBase> {
                         return std::make_unique<Guardian>();
                       })};
  const ActorUid uid = new_uid();
  TargetPtr cell(new Cell(*this, parent, Pid{{}, path, uid}, std::move(request)));
  directory.insert(path, cell);
  cell_of(cell).send(signal::Start{});
  if (parent) cell_of(parent).send(signal::Adopt{cell});
  return cell;
}

// Different in every life of the node, so that a ref to an actor of a former life reaches nobody.
ActorUid SystemParts::new_uid() noexcept {
  const std::uint64_t life = environment.process.incarnation().value;
  const std::uint64_t uid = fold(mix(life), uids_.fetch_add(1) + 1) >> 1;
  return ActorUid{uid == 0 ? 1 : uid};
}

std::string SystemParts::unused_name() { return "$" + std::to_string(names_.fetch_add(1) + 1); }

TargetPtr SystemParts::make(const TargetPtr& parent, SpawnRequest request, From from) {
  if (stopping.load(std::memory_order_acquire)) {
    throw Failure(Error(Errc::shutting_down, "the system of node " +
                                                 std::string(environment.process.node_name()) +
                                                 " is stopping and takes no new actors"));
  }
  std::string name = std::move(request.options.name);
  if (name.empty()) {
    name = unused_name();
  } else if (const auto problem = name_problem(name); !problem.empty()) {
    throw Failure(Error(Errc::invalid_argument,
                        "'" + name + "' cannot name an actor: " + std::string(problem)));
  }
  const std::string path = parent->pid().path + "/" + name;
  const ActorUid uid = new_uid();
  const std::string_view type = request.type->name;
  TargetPtr cell(new Cell(*this, parent, Pid{{}, path, uid}, std::move(request)));
  if (!directory.insert(path, cell)) {
    throw Failure(
        Error(Errc::already_exists, path + " exists; choose another name or stop it first"));
  }
  if (environment.trace.wanted()) {
    environment.trace.event({seam::EventKind::spawned, uid.value, 0, type, path});
  }
  if (from == From::outside) cell_of(parent).send(signal::Adopt{cell});
  cell_of(cell).send(signal::Start{});
  return cell;
}

void SystemParts::stop() noexcept {
  stopping.store(true, std::memory_order_release);
  cell_of(root_).send(signal::Stop{});
}

void SystemParts::root_stopped() noexcept {
  stopped.store(true, std::memory_order_release);
  if (auto* wake = then_wake.exchange(nullptr)) wake->wake();
}

void SystemParts::enlist(Cell& cell) noexcept {
  SpinGuard guard(all_lock_);
  cell.all_next_ = all_;
  if (all_ != nullptr) all_->all_previous_ = &cell;
  all_ = &cell;
}

void SystemParts::delist(Cell& cell) noexcept {
  SpinGuard guard(all_lock_);
  if (all_ != &cell && cell.all_previous_ == nullptr) return;  // delisted before
  (cell.all_previous_ != nullptr ? cell.all_previous_->all_next_ : all_) = cell.all_next_;
  if (cell.all_next_ != nullptr) cell.all_next_->all_previous_ = cell.all_previous_;
  cell.all_next_ = cell.all_previous_ = nullptr;
}

}  // namespace pre
