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

void append_line(std::string& lines, const Posteriors& posteriors, RowSpan rows,
                 std::string_view phone, std::string_view word) {
  char times[64] = "\t";
  if (rows.size() > 0) {
    std::snprintf(times, sizeof times, "%.3f\t%.3f", row_begin_s(posteriors, rows.begin),
                  row_end_s(posteriors, rows.end - 1));
  }
  lines += std::string(times) + "\t" + std::string(phone) + "\t" + std::string(word) + "\n";
}

void append_token(std::string& lines, const Posteriors& posteriors, const TokenVariant& variant,
                  std::span<const RowSpan> rows, const std::string& word) {
  for (std::size_t i = 0; i < variant.phones.size(); ++i) {
    append_line(lines, posteriors, rows.empty() ? RowSpan{} : rows[i],
                phone_lower(variant.phones[i]), word);
  }
}

std::string alignment_lines(const Analysis& analysis, const ReferenceText& text) {
  const Reading& reading = analysis.reading;
  std::string lines;
  for (std::size_t e = 0; e < reading.path.events.size(); ++e) {
    const ReadingEvent& event = reading.path.events[e];
    if (event.kind == ReadingEvent::Kind::kOtherSpeech) {
      append_line(lines, analysis.posteriors, {event.begin_row, event.end_row}, "+", "");
      continue;
    }
    append_token(lines, analysis.posteriors, reading.variants[event.token][event.variant],
                 reading.event_phones[e], text.tokens[event.token].display);
  }
  for (std::size_t t = 0; t < reading.tokens.size(); ++t) {
    if (reading.tokens[t].event) continue;
    append_token(lines, analysis.posteriors, reading.variants[t].front(), {},
                 text.tokens[t].display);
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
