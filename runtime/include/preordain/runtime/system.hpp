// One actor system: the actors of one node. Many may live in one process; none knows of another.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <preordain/runtime/actor.hpp>
#include <preordain/seam/environment.hpp>
#include <preordain/seam/wake.hpp>

namespace pre {

class SystemParts;

// A part that a library adds to a system, and that ends with it.
class Extension {
 public:
  virtual ~Extension() = default;
};

// A program: what a node does once it is up. Runs in a slot of its own under /system.
using Program = Task<> (*)(System&);

class System {
 public:
  // `environment` must outlive the system and every Ref of it.
  explicit System(seam::Environment& environment);
  // Ends at once, without asking anybody: no turn may run any more. Call stop() first and wait for
  // stopped() to end in good order.
  ~System();
  System(const System&) = delete;
  System& operator=(const System&) = delete;

  // Makes a top-level actor, /user/<name>. Thread-safe. Failure: invalid_argument (the name),
  // already_exists, shutting_down.
  template <class A, class... Args>
  RefOf<A> spawn(std::string_view name, Args... args) {
    return spawn<A>(SpawnOptions{.name = std::string(name)}, std::move(args)...);
  }
  template <class A, class... Args>
  RefOf<A> spawn(SpawnOptions options, Args... args) {
    return RefOf<A>(spawn_user(handler::request<A>(std::move(options), std::move(args)...)));
  }
  // The same below /system: for the runtime's own actors and for libraries built on it.
  template <class A, class... Args>
  RefOf<A> spawn_system(SpawnOptions options, Args... args) {
    return RefOf<A>(spawn_internal(handler::request<A>(std::move(options), std::move(args)...)));
  }

  // Runs a program; what escapes from it is reported as a failure of its actor. Thread-safe.
  void run(Program program);
  void run(std::string_view name, Function<Task<>()> program);

  // Stops every actor, children before parents. Thread-safe; stopped() turns true, and `then` (if
  // any) is woken, when the last has ended.
  void stop(seam::Wake* then = nullptr) noexcept;
  bool stopped() const noexcept;

  // The actor that lives at a path ("/user/ada"), or no_such_actor. Thread-safe.
  Result<TargetPtr> find(std::string_view path) const;

  Instant now() const;
  seam::Random& random() const noexcept;
  seam::Environment& environment() const noexcept;
  std::string_view node_name() const noexcept;

  // Owns an extension until the system ends. Thread-safe.
  void keep(std::unique_ptr<Extension> extension);

  SystemParts& parts() const noexcept { return *parts_; }

 private:
  TargetPtr spawn_user(SpawnRequest request);
  TargetPtr spawn_internal(SpawnRequest request);
  std::unique_ptr<SystemParts> parts_;
};

}  // namespace pre
