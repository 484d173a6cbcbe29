// How far a sweep is: a bar on a terminal, a line every ten seconds otherwise. On standard error.
#pragma once

#include <cstdint>
#include <string>

#include <preordain/native/stopwatch.hpp>

namespace pre::cli {

class Progress {
 public:
  Progress(std::string name, std::uint64_t total);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void add(Duration simulated, std::uint64_t events);
  // Takes the bar away, so that other lines can be written.
  void clear();
  std::uint64_t done() const { return done_; }
  // "1 284 seeds in 3.1 s: 412 seeds/s, 2.1 M events/s, 512 simulated h per wall h"
  std::string summary() const;

 private:
  void draw();
  const std::string name_;
  const std::uint64_t total_;
  const bool terminal_;
  std::uint64_t done_ = 0;
  std::uint64_t events_ = 0;
  Duration simulated_{0};
  native::Stopwatch watch_;
  Duration drawn_{0};
  bool visible_ = false;
};

}  // namespace pre::cli
