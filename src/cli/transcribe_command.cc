// `saywell transcribe`: what was said, without a text to compare it with.
#include <boost/json.hpp>
#include <memory>
#include <span>
#include <string>

#include "base/status_macros.h"
#include "cli/audio_input.h"
#include "cli/command.h"
#include "cli/model_dir.h"
#include "cli/output_file.h"
#include "format/ctm.h"
#include "format/textgrid.h"
#include "format/transcript/subtitles.h"
#include "format/transcript/transcript_json.h"
#include "saywell/recogniser.h"

namespace saywell::cli {
namespace {

constexpr char kExamples[] =
    "English only. Of the words with a confidence of 0.9 and more, 95 in 100 are right.\n"
    "Examples:\n"
    "  saywell transcribe talk.mp3                         # the text, with punctuation\n"
    "  saywell transcribe talk.mp3 --format json           # words with times and confidence\n"
    "  saywell transcribe talk.mp3 --format srt > talk.srt # subtitles; vtt for web pages\n"
    "  saywell transcribe answer.wav --grammar \"yes I do | no I don't | (please) (show|tell) me\"\n"
    "                                                      # which of these sentences was said\n"
    "  parecord --file-format=wav | saywell transcribe - --format ctm\n"
    "Exit status: 0 done, 1 no speech or no words in it, 2 wrong usage, 3 no readable audio or model.";

struct TranscribeArguments {
  std::string audio;
  std::string grammar;
  std::string format = "text";
};

Result<Transcript> transcribe(const TranscribeArguments& arguments, const std::string& model_dir) {
  ASSIGN_OR_RETURN(const Recogniser recogniser, Recogniser::load(model_dir));
  if (!is_piped(arguments.audio)) return recogniser.transcribe_file(arguments.audio);
  ASSIGN_OR_RETURN(const std::vector<std::byte> bytes, read_piped(arguments.audio));
  return recogniser.transcribe_bytes(bytes);
}

// One line per word: text, time of its start, and the two log probabilities that its confidence
// comes from; train/fit_confidence.py reads it.
std::string evidence_lines(const Transcript& transcript) {
  std::string lines;
  for (const TranscriptWord& word : transcript.words) {
    lines += word.text + '\t' + std::to_string(word.time.start_ms / 1000) + '\t' +
             std::to_string(word.evidence.lowest) + '\t' + std::to_string(word.evidence.utterance) +
             '\n';
  }
  return lines;
}

std::string written(const Transcript& transcript, const TranscribeArguments& arguments) {
  if (arguments.format == "json") {
    return boost::json::serialize(transcript_to_json(transcript)) + '\n';
  }
  if (arguments.format == "srt") return transcript_to_srt(transcript);
  if (arguments.format == "vtt") return transcript_to_vtt(transcript);
  if (arguments.format == "ctm") return transcript_to_ctm(transcript, arguments.audio);
  if (arguments.format == "textgrid") return transcript_to_textgrid(transcript);
  if (arguments.format == "evidence") return evidence_lines(transcript);
  return transcript.text + '\n';
}

Result<RecognisedSentence> recognise(const TranscribeArguments& arguments,
                                     const std::string& model_dir) {
  const SentenceRequest request{.grammar = arguments.grammar};
  ASSIGN_OR_RETURN(const Recogniser recogniser, Recogniser::load(model_dir));
  if (!is_piped(arguments.audio)) return recogniser.recognise_file(arguments.audio, request);
  ASSIGN_OR_RETURN(const std::vector<std::byte> bytes, read_piped(arguments.audio));
  return recogniser.recognise_bytes(bytes, request);
}

// One of the sentences of a grammar, as text or JSON.
int run_recognise(const TranscribeArguments& arguments, const std::string& model_dir) {
  if (arguments.format != "text" && arguments.format != "json") {
    return report(Status(Code::kBadParameter, "format",
                         "with a grammar the format is text or json, not " + arguments.format));
  }
  const Result<RecognisedSentence> sentence = recognise(arguments, model_dir);
  if (!sentence.ok()) return report(sentence.status());
  const std::string text =
      arguments.format == "json"
          ? boost::json::serialize(recognised_sentence_to_json(*sentence)) + '\n'
          : sentence->nbest.front().text + '\n';
  const Status done = write_output("-", std::as_bytes(std::span(text)));
  return done.ok() ? kDone : report(done);
}

int run_transcribe(const TranscribeArguments& arguments, const std::string& model_dir) {
  const Result<Transcript> transcript = transcribe(arguments, model_dir);
  if (!transcript.ok()) return report(transcript.status());
  const std::string text = written(*transcript, arguments);
  const Status done = write_output("-", std::as_bytes(std::span(text)));
  return done.ok() ? kDone : report(done);
}

}  // namespace

Command add_transcribe_command(OptionSet program, const GlobalOptions& globals) {
  OptionSet app = program.add_subcommand("transcribe", "Write down what was said");
  auto arguments = std::make_shared<TranscribeArguments>();
  add_audio_argument(app, arguments->audio);
  app.add_option("--format", arguments->format,
                 "text, json, srt, vtt, ctm or textgrid; evidence: what confidences come from")
      .one_of({"text", "json", "srt", "vtt", "ctm", "textgrid", "evidence"});
  app.add_option("--grammar", arguments->grammar,
                 "The sentences that may have been said: | separates alternatives, parentheses "
                 "group them, a group without | is optional");
  app.footer(kExamples);
  return {app, [arguments, &globals] {
            const std::string model_dir = resolve_model_dir(globals);
            return arguments->grammar.empty() ? run_transcribe(*arguments, model_dir)
                                              : run_recognise(*arguments, model_dir);
          }};
}

}  // namespace saywell::cli
