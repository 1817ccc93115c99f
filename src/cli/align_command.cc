// `saywell align`: the times of each word and phone of a text, without scores.
#include <cstdio>
#include <memory>
#include <span>
#include <string>

#include "assess/analysis.h"
#include "cli/audio_input.h"
#include "cli/command.h"
#include "cli/model_dir.h"
#include "cli/output_file.h"

namespace saywell::cli {
namespace {

constexpr char kExamples[] =
    "Prints one line per phone: start_s<TAB>end_s<TAB>phone<TAB>word. An omitted word has its phones\n"
    "but no times; other speech between the words is a line with the phone '+'.\n"
    "Example:\n"
    "  saywell align lesson.wav --text \"We call it bear.\"\n"
    "Exit status: 0 done, 1 the recording cannot be aligned, 2 wrong usage, 3 no readable audio or\n"
    "model.";

struct AlignArguments {
  std::string audio;
  std::string text;
};

std::string line_of(std::string_view times, std::string_view phone, std::string_view word) {
  return std::string(times) + "\t" + std::string(phone) + "\t" + std::string(word) + "\n";
}

std::string times_of(const Posteriors& posteriors, FrameSpan frames) {
  const TimeRegion time = posteriors.time_of(frames);
  char times[64];
  std::snprintf(times, sizeof times, "%.3f\t%.3f", time.start_s, time.end_s);
  return times;
}

std::string alignment_lines(const Analysis& analysis, const ReferenceText& text) {
  const Alignment& alignment = analysis.alignment;
  std::string lines;
  for (const AlignedEvent& event : alignment.events()) {
    if (event.is_other_speech())
      lines += line_of(times_of(analysis.posteriors, event.frames), "+", "");
    for (const AlignedPhone& phone : event.phones) {
      lines += line_of(times_of(analysis.posteriors, phone.frames), phone_lower(phone.phone),
                       text.tokens[event.token].display);
    }
  }
  for (std::size_t token = 0; token < alignment.token_count(); ++token) {
    if (alignment.is_matched(token)) continue;
    for (const PhoneId phone : alignment.variant(token).phones)
      lines += line_of("\t", phone_lower(phone), text.tokens[token].display);
  }
  return lines;
}

int run_align(const AlignArguments& arguments, const std::string& model_dir) {
  const Result<Analyser> analyser = Analyser::load(model_dir);
  if (!analyser.ok()) return report(analyser.status());
  const Result<Recording> recording = read_audio(arguments.audio);
  if (!recording.ok()) return report(recording.status());
  const Result<ReferenceText> text =
      analyser->text_front_end().text_to_pronunciations(arguments.text);
  if (!text.ok()) return report(text.status());
  const Result<Analysis> analysis = analyser->analyse(*recording, *text);
  if (!analysis.ok()) return report(analysis.status());
  const std::string lines = alignment_lines(*analysis, *text);
  const Status written = write_output("-", std::as_bytes(std::span(lines)));
  return written.ok() ? kDone : report(written);
}

}  // namespace

Command add_align_command(OptionSet program, const GlobalOptions& globals) {
  OptionSet app = program.add_subcommand("align", "Times of each word and phone");
  auto arguments = std::make_shared<AlignArguments>();
  add_audio_argument(app, arguments->audio);
  app.add_option("--text", arguments->text, "The text to be read").required();
  app.footer(kExamples);
  return {app, [arguments, &globals] { return run_align(*arguments, resolve_model_dir(globals)); }};
}

}  // namespace saywell::cli
