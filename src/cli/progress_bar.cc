#include "cli/progress_bar.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>

namespace saywell::cli {
namespace {

constexpr std::size_t kCells = 24;
constexpr double kLongestLeft_s = 100 * 3600;
constexpr std::chrono::milliseconds kBetweenDrawings{100};

std::string time_left(double left_s) {
  std::array<char, 32> text;
  const int seconds = static_cast<int>(std::min(left_s, kLongestLeft_s) + 0.5);
  if (seconds >= 3600) {
    std::snprintf(text.data(), text.size(), "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60,
                  seconds % 60);
  } else {
    std::snprintf(text.data(), text.size(), "%d:%02d", seconds / 60, seconds % 60);
  }
  return text.data();
}

}  // namespace

std::string progress_text(std::size_t done, std::optional<std::size_t> total, double elapsed_s) {
  const double rate = elapsed_s > 0 ? static_cast<double>(done) / elapsed_s : 0;
  std::array<char, 32> speed;
  std::snprintf(speed.data(), speed.size(), "  %.1f/s", rate);
  if (!total) return "  " + std::to_string(done) + speed.data();
  const std::size_t filled = *total > 0 ? std::min(kCells, done * kCells / *total) : kCells;
  std::string text = "  " + std::to_string(done) + "/" + std::to_string(*total) + " [" +
                     std::string(filled, '#') + std::string(kCells - filled, '-') + "]" +
                     speed.data();
  if (rate > 0 && done < *total) {
    text += "  " + time_left(static_cast<double>(*total - done) / rate) + " left";
  }
  return text;
}

ProgressBar::ProgressBar(std::optional<std::size_t> total)
    : on_terminal_(isatty(STDERR_FILENO) != 0), total_(total) {}

void ProgressBar::show(std::size_t done) {
  const Clock::time_point now = Clock::now();
  if (!on_terminal_ || now - drawn_ < kBetweenDrawings) return;
  drawn_ = now;
  const double elapsed_s = std::chrono::duration<double>(now - start_).count();
  std::fprintf(stderr, "\r%s\x1b[K", progress_text(done, total_, elapsed_s).c_str());
}

void ProgressBar::clear() {
  if (on_terminal_) std::fputs("\r\x1b[K", stderr);
}

}  // namespace saywell::cli
