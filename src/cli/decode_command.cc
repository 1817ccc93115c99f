// `saywell decode`: the format of a recording, and its samples as the engine receives them.

#include <boost/json.hpp>
#include <cstdio>
#include <memory>
#include <string>

#include "audio/wav_writer.h"
#include "cli/audio_input.h"
#include "cli/command.h"
#include "cli/output_file.h"

namespace saywell::cli {
namespace {

constexpr char kExamples[] =
    "Examples:\n"
    "  saywell decode lesson.m4a                       # container, codec, rate, length, clipping\n"
    "  saywell decode lesson.m4a --output lesson.wav   # 16 kHz mono, as the engine receives it\n"
    "  saywell decode - --output - < talk.webm | aplay";

struct DecodeArguments {
  std::string audio;
  std::string output;
  std::string format = "text";
};

void print_source(const Recording& recording, bool as_json) {
  const SourceFormat& source = recording.source;
  if (as_json) {
    const boost::json::object object = {
        {"container", source.container},       {"codec", source.codec},
        {"sampleRate", source.sample_rate_hz}, {"channels", source.channels},
        {"duration", recording.duration_s()},  {"clip", recording.clipped_share}};
    std::printf("%s\n", boost::json::serialize(object).c_str());
    return;
  }
  std::printf("%s, %s, %d Hz, %d channel%s, %.3f s, %.2f %% clipped\n", source.container.c_str(),
              source.codec.c_str(), source.sample_rate_hz, source.channels,
              source.channels == 1 ? "" : "s", recording.duration_s(),
              100 * recording.clipped_share);
}

int run_decode(const DecodeArguments& arguments) {
  const Result<Recording> recording = read_audio(arguments.audio);
  if (!recording.ok()) return report(recording.status());
  if (arguments.output.empty()) {
    print_source(*recording, arguments.format == "json");
    return kDone;
  }
  const Status written = write_output(arguments.output, pcm_to_wav(recording->samples));
  return written.ok() ? kDone : report(written);
}

}  // namespace

Command add_decode_command(OptionSet program, const GlobalOptions&) {
  OptionSet app = program.add_subcommand(
      "decode", "Print a recording's format, or write it as 16 kHz mono WAV");
  auto arguments = std::make_shared<DecodeArguments>();
  add_audio_argument(app, arguments->audio);
  app.add_option("--output,-o", arguments->output,
                 "Write 16 kHz mono 16-bit WAV to this file (- = standard output)");
  app.add_option("--format", arguments->format, "text or json").one_of({"text", "json"});
  app.footer(kExamples);
  return {app, [arguments] { return run_decode(*arguments); }};
}

}  // namespace saywell::cli
