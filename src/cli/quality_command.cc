// `saywell quality`: whether a recording is loud, clean and clear enough to be assessed.
#include <boost/json.hpp>
#include <cstdio>
#include <memory>
#include <string>

#include "base/status_macros.h"
#include "cli/audio_input.h"
#include "cli/command.h"
#include "cli/model_dir.h"
#include "format/envelope_json.h"
#include "signal/quality.h"
#include "signal/vad.h"

namespace saywell::cli {
namespace {

constexpr char kExamples[] =
    "Examples:\n"
    "  saywell quality lesson.wav\n"
    "  saywell quality lesson.wav --format json\n"
    "  parecord --file-format=wav | saywell quality -\n"
    "Exit status: 0 usable, 1 an assessment would be refused (its code is printed), 3 no readable "
    "audio.";

struct QualityArguments {
  std::string audio;
  std::string format = "text";
};

Result<QualityReport> measure(const Recording& recording, const std::string& model_dir) {
  ASSIGN_OR_RETURN(const VadModel model, VadModel::load(model_dir));
  const auto probabilities = pcm_to_speech_probabilities(model, recording.samples);
  if (!probabilities.ok()) return probabilities.status();
  const std::vector<TimeRegion> speech =
      probabilities_to_regions(*probabilities, recording.duration_s());
  return measure_quality(recording.samples, speech, recording.clipped_share);
}

void print_text(const QualityReport& report, const Status& verdict) {
  if (report.has_speech) {
    std::printf("speech level     %7.1f dBFS\n", report.speech_level_dbfs);
    std::printf("signal to noise  %7.1f dB\n", report.snr_db);
  } else {
    std::printf("speech           none\n");
  }
  std::printf("recording level  %7.1f dBFS\n", report.recording_level_dbfs);
  std::printf("peak             %7.1f dBFS\n", report.peak_dbfs);
  if (report.lufs) std::printf("loudness         %7.1f LUFS\n", *report.lufs);
  std::printf("clipped          %7.2f %%\n", 100 * report.clipped_share);
  if (verdict.ok()) {
    std::printf("verdict          good\n");
  } else {
    std::printf("verdict          %d: %s\n", verdict.number(), verdict.message().c_str());
  }
}

void print_json(const QualityReport& report, const Status& verdict) {
  boost::json::object object = {{"recordingLevel", report.recording_level_dbfs},
                                {"peak", report.peak_dbfs},
                                {"lufs", nullptr},
                                {"clip", report.clipped_share},
                                {"volume", nullptr},
                                {"snr", nullptr}};
  if (report.lufs) object["lufs"] = *report.lufs;
  if (report.has_speech) {
    object["volume"] = report.speech_level_dbfs;
    object["snr"] = report.snr_db;
  }
  if (!verdict.ok()) add_status(object, verdict);
  std::printf("%s\n", boost::json::serialize(object).c_str());
}

int run_quality(const QualityArguments& arguments, const std::string& model_dir) {
  const Result<Recording> recording = read_audio(arguments.audio);
  if (!recording.ok()) return report(recording.status());
  const Result<QualityReport> quality = measure(*recording, model_dir);
  if (!quality.ok()) return report(quality.status());
  const Status verdict = quality_status(*quality, QualityThresholds());
  if (arguments.format == "json") {
    print_json(*quality, verdict);
  } else {
    print_text(*quality, verdict);
  }
  return verdict.ok() ? kDone : kRefused;
}

}  // namespace

Command add_quality_command(OptionSet program, const GlobalOptions& globals) {
  OptionSet app = program.add_subcommand("quality", "Level, clipping and noise of a recording");
  auto arguments = std::make_shared<QualityArguments>();
  add_audio_argument(app, arguments->audio);
  app.add_option("--format", arguments->format, "text or json").one_of({"text", "json"});
  app.footer(kExamples);
  return {app,
          [arguments, &globals] { return run_quality(*arguments, resolve_model_dir(globals)); }};
}

}  // namespace saywell::cli
