#include "progress.hpp"

#include <algorithm>
#include <cstdio>

#include <preordain/native/terminal.hpp>

#include "numbers.hpp"

namespace pre::cli {

namespace {
double per_second(double count, Duration elapsed) {
  const double s = std::max(1e-9, std::chrono::duration<double>(elapsed).count());
  return count / s;
}
}  // namespace

Progress::Progress(std::string name, std::uint64_t total)
    : name_(std::move(name)),
      total_(total),
      terminal_(native::is_terminal(native::Output::error)) {}

Progress::~Progress() { clear(); }

void Progress::add(Duration simulated, std::uint64_t events) {
  ++done_;
  events_ += events;
  simulated_ += simulated;
  const Duration now = watch_.elapsed();
  if (now - drawn_ < (terminal_ ? Duration(100ms) : Duration(10s))) return;
  drawn_ = now;
  draw();
}

void Progress::draw() {
  const auto rate =
      static_cast<std::uint64_t>(per_second(static_cast<double>(done_), watch_.elapsed()));
  const std::string tail = grouped(done_) + "/" + grouped(total_) + "   " + grouped(rate) +
                           "/s   simulated " + short_duration(simulated_);
  if (!terminal_) {
    std::fprintf(stderr, "  %s  seeds %s\n", name_.c_str(), tail.c_str());
    return;
  }
  const unsigned width = native::terminal_width(native::Output::error);
  const std::size_t used = name_.size() + tail.size() + 12;
  const std::size_t room = width > used + 10 ? std::min<std::size_t>(width - used, 40) : 10;
  const std::size_t full =
      static_cast<std::size_t>(done_ * room / std::max<std::uint64_t>(1, total_));
  std::string bar(full, '#');
  bar.append(room - full, '.');
  std::fprintf(stderr, "\r  %s  seeds %s %s\033[K", name_.c_str(), bar.c_str(), tail.c_str());
  std::fflush(stderr);
  visible_ = true;
}

void Progress::clear() {
  if (!visible_) return;
  std::fputs("\r\033[K", stderr);
  visible_ = false;
}

std::string Progress::summary() const {
  const Duration elapsed = watch_.elapsed();
  char rates[120];
  std::snprintf(rates, sizeof rates, "%.0f seeds/s, %.2f M events/s, %.0f simulated h per wall h",
                per_second(static_cast<double>(done_), elapsed),
                per_second(static_cast<double>(events_), elapsed) / 1e6,
                per_second(std::chrono::duration<double>(simulated_).count(), elapsed));
  return grouped(done_) + (done_ == 1 ? " seed in " : " seeds in ") + short_duration(elapsed) +
         ": " + rates;
}

}  // namespace pre::cli
