// The small seams of one life: what a program is told by the world (randomness, its name and
// settings, faults) and what it tells the world (trace).
#pragma once

#include <cstdint>
#include <vector>

#include <preordain/seam/faults.hpp>
#include <preordain/seam/process.hpp>
#include <preordain/seam/random.hpp>
#include <preordain/seam/trace.hpp>

#include "life.hpp"

namespace pre::sim {

class Random final : public seam::Random {
 public:
  explicit Random(Life& life) : life_(life) {}
  std::uint64_t next() noexcept override;

 private:
  Life& life_;
  std::uint64_t visits_ = 0;
};

class Process final : public seam::Process {
 public:
  Process(Life& life, const NodeSpec& spec) : life_(life), spec_(spec) {}
  std::string_view node_name() const noexcept override { return spec_.name; }
  Incarnation incarnation() const noexcept override { return life_.incarnation; }
  std::optional<std::string> setting(std::string_view key) const override;
  bool stop_requested() const noexcept override { return stop_requested_; }
  void watch_stop(seam::Wake* wake) noexcept override;

  void request_stop();

 private:
  Life& life_;
  const NodeSpec& spec_;
  Waker watcher_;
  bool stop_requested_ = false;
};

class Trace final : public seam::Trace {
 public:
  explicit Trace(Life& life) : seam::Trace(true), life_(life) {}
  void event(const seam::Event& event) noexcept override;

 private:
  Life& life_;
};

class Faults final : public seam::Faults {
 public:
  explicit Faults(Life& life) : life_(life) {}
  std::uint32_t point(std::string_view id) noexcept override;

 private:
  struct Visits {
    std::uint64_t id;
    std::uint64_t count;
  };
  std::uint64_t visit(std::uint64_t id);
  std::uint32_t draw(std::uint64_t id, std::uint64_t visit) const noexcept;

  Life& life_;
  std::vector<Visits> visits_;  // sorted by id; a program has few points
};

}  // namespace pre::sim
