// Durable writes from inside an actor.
#pragma once

#include <preordain/runtime/actor.hpp>
#include <preordain/seam/storage.hpp>

namespace pre {

// co_await synced(*this, file): what was written to the file survives a power loss. Errors:
// storage_failed; the file's unsynced content is then unknown and must be read again.
Task<Result<void>> synced(const ActorBase& actor, seam::File& file);
// The same for names made or changed in a directory.
Task<Result<void>> synced_directory(const ActorBase& actor, std::string path);

}  // namespace pre
