// `saywell vad`: the regions of speech in a recording.
#include <cstdio>
#include <memory>
#include <span>
#include <string>

#include "cli/audio_input.h"
#include "cli/command.h"
#include "cli/model_dir.h"
#include "cli/output_file.h"
#include "signal/vad.h"

namespace saywell::cli {
namespace {

constexpr char kExamples[] =
    "Prints one line per region of speech: start_s<TAB>end_s. With --frames it prints one line per\n"
    "window of 32 ms: time_s<TAB>probability. The time is the window's middle.\n"
    "Examples:\n"
    "  saywell vad lesson.wav\n"
    "  saywell vad lesson.wav --frames > lesson.vad\n"
    "Exit status: 0 done (silence prints nothing), 2 wrong usage, 3 no readable audio or model.";

struct VadArguments {
  std::string audio;
  bool frames = false;
};

std::string frame_lines(const std::vector<float>& probabilities) {
  std::string lines;
  char line[64];
  for (std::size_t i = 0; i < probabilities.size(); ++i) {
    const double time_s = (static_cast<double>(i) + 0.5) * kVadWindowS;
    std::snprintf(line, sizeof line, "%.3f\t%.3f\n", time_s, static_cast<double>(probabilities[i]));
    lines += line;
  }
  return lines;
}

std::string region_lines(const std::vector<TimeRegion>& regions) {
  std::string lines;
  char line[64];
  for (const TimeRegion& region : regions) {
    std::snprintf(line, sizeof line, "%.3f\t%.3f\n", region.start_s, region.end_s);
    lines += line;
  }
  return lines;
}

int run_vad(const VadArguments& arguments, const std::string& model_dir) {
  const Result<VadModel> model = VadModel::load(model_dir);
  if (!model.ok()) return report(model.status());
  const Result<Recording> recording = read_audio(arguments.audio);
  if (!recording.ok()) return report(recording.status());
  const auto probabilities = pcm_to_speech_probabilities(*model, recording->samples);
  if (!probabilities.ok()) return report(probabilities.status());
  const std::string lines =
      arguments.frames
          ? frame_lines(*probabilities)
          : region_lines(probabilities_to_regions(*probabilities, recording->duration_s()));
  const Status written = write_output("-", std::as_bytes(std::span(lines)));
  return written.ok() ? kDone : report(written);
}

}  // namespace

Command add_vad_command(OptionSet program, const GlobalOptions& globals) {
  OptionSet app = program.add_subcommand("vad", "Regions of speech");
  auto arguments = std::make_shared<VadArguments>();
  add_audio_argument(app, arguments->audio);
  app.add_flag("--frames", arguments->frames,
               "Probabilities of the 32 ms windows instead of regions");
  app.footer(kExamples);
  return {app, [arguments, &globals] { return run_vad(*arguments, resolve_model_dir(globals)); }};
}

}  // namespace saywell::cli
