// The two seams that are nearly nothing in the real world: trace and faults.
#pragma once

#include <mutex>

#include <preordain/native/options.hpp>
#include <preordain/seam/faults.hpp>
#include <preordain/seam/trace.hpp>

namespace pre::native {

class SinkTrace final : public seam::Trace {
 public:
  explicit SinkTrace(TraceSink sink)
      : seam::Trace(static_cast<bool>(sink)), sink_(std::move(sink)) {}

  void event(const seam::Event& event) noexcept override {
    if (!wanted()) return;
    const std::scoped_lock lock(mutex_);
    sink_(event);
  }

 private:
  std::mutex mutex_;
  TraceSink sink_;
};

class NoFaults final : public seam::Faults {
 public:
  std::uint32_t point(std::string_view) noexcept override { return 0; }
};

}  // namespace pre::native
