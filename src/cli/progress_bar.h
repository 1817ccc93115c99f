// The progress of a long run: a line on the terminal, drawn over itself.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

namespace saywell::cli {

// "  120/2500 [###-----------------]  31.2/s  1:16 left"; without a total "  120  31.2/s". Pure.
std::string progress_text(std::size_t done, std::optional<std::size_t> total, double elapsed_s);

// Draws on standard error, if that is a terminal, at most ten times per second.
// One thread at a time.
class ProgressBar {
 public:
  explicit ProgressBar(std::optional<std::size_t> total);

  void show(std::size_t done);
  // Clears the line before other output.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;

  const bool on_terminal_;
  const std::optional<std::size_t> total_;
  const Clock::time_point start_ = Clock::now();
  Clock::time_point drawn_ = start_;
};

}  // namespace saywell::cli
