// `saywell f0`: the fundamental frequency of a recording, frame by frame.
#include <cstdio>
#include <memory>
#include <span>
#include <string>

#include "cli/audio_input.h"
#include "cli/command.h"
#include "cli/output_file.h"
#include "signal/f0.h"

namespace saywell::cli {
namespace {

constexpr char kExamples[] =
    "Prints one line per frame: time_s<TAB>f0_hz. The time is the frame's centre; 0 Hz is unvoiced.\n"
    "Examples:\n"
    "  saywell f0 lesson.wav\n"
    "  saywell f0 lesson.wav --step-ms 5 > lesson.f0\n"
    "Exit status: 0 done (silence is unvoiced, no error), 2 wrong usage, 3 no readable audio.";

struct F0Arguments {
  std::string audio;
  double step_ms = 10;
};

std::string to_lines(const F0Contour& contour) {
  std::string lines;
  char line[64];
  for (std::size_t i = 0; i < contour.f0_hz.size(); ++i) {
    const double time_s = contour.first_frame_s + static_cast<double>(i) * contour.step_s;
    const auto f0_hz = static_cast<double>(contour.f0_hz[i]);
    std::snprintf(line, sizeof line, f0_hz > 0 ? "%.4f\t%.1f\n" : "%.4f\t0\n", time_s, f0_hz);
    lines += line;
  }
  return lines;
}

int run_f0(const F0Arguments& arguments) {
  const Result<Recording> recording = read_audio(arguments.audio);
  if (!recording.ok()) return report(recording.status());
  F0Options options;
  options.step_s = arguments.step_ms / 1000;
  const Result<F0Contour> contour = pcm_to_f0(recording->samples, options);
  if (!contour.ok()) return report(contour.status());
  const std::string lines = to_lines(*contour);
  const Status written = write_output("-", std::as_bytes(std::span(lines)));
  if (!written.ok()) return report(written);
  return kDone;
}

}  // namespace

Command add_f0_command(OptionSet program, const GlobalOptions&) {
  OptionSet app = program.add_subcommand("f0", "Fundamental frequency, frame by frame");
  auto arguments = std::make_shared<F0Arguments>();
  add_audio_argument(app, arguments->audio);
  app.add_option("--step-ms", arguments->step_ms, "From frame to frame, 1 to 100 ms")
      .show_default()
      .in_range(1.0, 100.0);
  app.footer(kExamples);
  return {app, [arguments] { return run_f0(*arguments); }};
}

}  // namespace saywell::cli
