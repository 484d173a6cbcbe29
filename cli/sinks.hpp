// Results for machines: one JSON object a line, and a JUnit file. A path that cannot be written is
// found out before the first seed runs.
#pragma once

#include <string>
#include <vector>

#include <preordain/scenario/run.hpp>

namespace pre::cli {

class Sinks {
 public:
  // Errors: storage_failed, with the path.
  static Result<Sinks> open(std::string jsonl, std::string junit);

  void begin(const Scenario& scenario, std::uint64_t seed, std::uint64_t seeds);
  void failure(const Report& report);
  void end(const std::string& scenario, std::uint64_t ran, std::uint64_t failed, double seconds);
  // Writes the files.
  Result<void> finish();

 private:
  struct Case {
    std::string scenario;
    std::uint64_t ran;
    double seconds;
    std::vector<Report> failures;
  };
  void line(std::string text);

  std::string jsonl_;
  std::string junit_;
  std::string lines_;
  std::vector<Report> failures_;
  std::vector<Case> cases_;
};

}  // namespace pre::cli
