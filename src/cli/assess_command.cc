// `saywell assess`: one recording, one text, one assessment.
#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <sstream>
#include <string>

#include "base/status_macros.h"
#include "cli/assessment_table.h"
#include "cli/audio_input.h"
#include "cli/command.h"
#include "cli/model_dir.h"
#include "cli/output_file.h"
#include "format/ctm.h"
#include "format/envelope_json.h"
#include "format/json_text.h"
#include "format/request_json.h"
#include "format/result_json.h"
#include "format/textgrid.h"
#include "saywell/assessor.h"

namespace saywell::cli {
namespace {

constexpr char kExamples[] =
    "Examples:\n"
    "  saywell assess lesson.wav --text \"We call it bear.\"\n"
    "  saywell assess lesson.m4a --text \"bear\" --phones \"B EH R\" --format json\n"
    "  parecord --file-format=wav | saywell assess - --text-file lesson.txt --format textgrid\n"
    "Exit status: 0 assessed, 1 refused (the code is printed), 2 wrong usage or request, 3 a file or\n"
    "model cannot be read or the output cannot be written, 4 internal error.";

struct AssessArguments {
  std::string audio;
  std::optional<std::string> text, text_file;
  std::optional<std::string> core_type, phones, alphabet, quality;
  std::optional<int> rank;
  std::optional<double> precision, deadline_ms;
  std::string format = "table";
  std::string colour = "auto";
};

Result<std::string> read_text_file(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) {
    return Status(Code::kFileUnreadable, "'" + path + "' is a directory");
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) return Status(Code::kFileMissing, "the text '" + path + "' cannot be opened");
  std::string text(kMaxJsonBytes + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (text.size() <= kMaxJsonBytes) return text;
  return Status(Code::kBadParameter, "the text '" + path + "' is longer than 1 MB");
}

// "W IY|K AO L" -> [["W","IY"],["K","AO","L"]]
boost::json::array given_phones(const std::string& text) {
  boost::json::array tokens;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find('|', begin), text.size());
    std::istringstream part(text.substr(begin, end - begin));
    boost::json::array phones;
    for (std::string phone; part >> phone;) phones.emplace_back(phone);
    tokens.push_back(std::move(phones));
    begin = end + 1;
  }
  return tokens;
}

// The options as the request that a server would get: one gate checks both.
boost::json::object to_request(const AssessArguments& arguments, const std::string& ref_text) {
  boost::json::object fields{{"refText", ref_text}};
  if (arguments.core_type) fields["coreType"] = *arguments.core_type;
  if (arguments.phones) fields["phones"] = given_phones(*arguments.phones);
  if (arguments.rank) fields["rank"] = *arguments.rank;
  if (arguments.precision) fields["precision"] = *arguments.precision;
  if (arguments.alphabet) fields["alphabet"] = *arguments.alphabet;
  if (arguments.quality) fields["quality"] = *arguments.quality;
  if (arguments.deadline_ms) fields["deadlineMs"] = *arguments.deadline_ms;
  return fields;
}

Result<Assessment> assess(const AssessArguments& arguments, const Request& request,
                          const std::string& model_dir) {
  ASSIGN_OR_RETURN(const Assessor assessor, Assessor::load(model_dir));
  if (!is_piped(arguments.audio)) return assessor.assess_file(arguments.audio, request);
  const Result<std::vector<std::byte>> bytes = read_piped(arguments.audio);
  return bytes.ok() ? assessor.assess_bytes(*bytes, request) : bytes.status();
}

Envelope new_envelope(boost::json::object params, const Caller& caller) {
  using namespace std::chrono;
  Envelope envelope;
  envelope.record_id = new_record_id();
  envelope.caller = caller;
  envelope.params = std::move(params);
  envelope.timestamp_ms =
      duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
  return envelope;
}

int refuse(const AssessArguments& arguments, boost::json::object params, const Status& status) {
  if (arguments.format == "json") {
    const Envelope envelope = new_envelope(std::move(params), {});
    const Status written = write_output("-", json_text(envelope_to_json(envelope, status)) + '\n');
    if (!written.ok()) return report(written);
  }
  return report(status);
}

std::string formatted(const AssessArguments& arguments, const boost::json::object& params,
                      const RequestOptions& options, const Assessment& assessment) {
  const Alphabet alphabet = options.presentation.alphabet;
  if (arguments.format == "textgrid") return assessment_to_textgrid(assessment, alphabet);
  if (arguments.format == "ctm") {
    const std::string name =
        arguments.audio == "-" ? "stdin" : std::filesystem::path(arguments.audio).stem().string();
    return assessment_to_ctm(assessment, name, alphabet);
  }
  if (arguments.format == "json") {
    const Envelope envelope = new_envelope(params, options.caller);
    return json_text(envelope_to_json(envelope, result_to_json(assessment, options.presentation))) +
           '\n';
  }
  return assessment_table(assessment, options.request.ref_text, options.presentation,
                          wants_colour(arguments.colour));
}

int run_assess(const AssessArguments& arguments, const std::string& model_dir) {
  const Result<std::string> text =
      arguments.text ? Result<std::string>(*arguments.text) : read_text_file(*arguments.text_file);
  if (!text.ok()) return refuse(arguments, {}, text.status());
  const boost::json::object params = to_request(arguments, *text);
  const Result<RequestOptions> options = request_from_json(params);
  if (!options.ok()) return refuse(arguments, params, options.status());
  const Result<Assessment> assessment = assess(arguments, options->request, model_dir);
  if (!assessment.ok()) return refuse(arguments, params, assessment.status());
  const Status written = write_output("-", formatted(arguments, params, *options, *assessment));
  return written.ok() ? kDone : report(written);
}

void add_request_options(OptionSet app, AssessArguments& arguments) {
  OptionSet text = app.add_group("text", "The text to be read (one of them)");
  text.add_option("--text", arguments.text, "The text, marks such as word(s:1) included");
  text.add_option("--text-file", arguments.text_file, "A file that holds the text");
  text.require_one_option();
  app.add_option("--core-type", arguments.core_type,
                 "en.word.score, en.sent.score, en.pred.score, en.word.pron or en.sent.pron "
                 "(default: by the length of the text)");
  app.add_option("--phones", arguments.phones,
                 "Pronunciations given, | between words: \"W IY|K AO L\"");
  app.add_option("--quality", arguments.quality,
                 "strict: bad audio is refused; advise: it is assessed, with a tip");
  app.add_option("--deadline-ms", arguments.deadline_ms, "Give up with code 503 after this time");
}

void add_presentation_options(OptionSet app, AssessArguments& arguments) {
  app.add_option("--format", arguments.format, "table, json, textgrid or ctm")
      .one_of({"table", "json", "textgrid", "ctm"})
      .show_default();
  app.add_option("--rank", arguments.rank, "Scores up to 2, 4, 5 or 100 (default)");
  app.add_option("--precision", arguments.precision, "Of rank 100: 1 (default), 0.5 or 0.1");
  app.add_option("--alphabet", arguments.alphabet, "Phones in arpabet (default) or ipa");
  app.add_option("--color", arguments.colour, "Of the table: auto, always or never")
      .one_of({"auto", "always", "never"})
      .show_default();
}

}  // namespace

Command add_assess_command(OptionSet program, const GlobalOptions& globals) {
  OptionSet app = program.add_subcommand("assess", "Assess one recording of a text read aloud");
  auto arguments = std::make_shared<AssessArguments>();
  add_audio_argument(app, arguments->audio);
  add_request_options(app, *arguments);
  add_presentation_options(app, *arguments);
  app.footer(kExamples);
  return {app,
          [arguments, &globals] { return run_assess(*arguments, resolve_model_dir(globals)); }};
}

}  // namespace saywell::cli
