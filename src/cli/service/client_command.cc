// `saywell client assess|stream`: asks a server from the command line.
#include <array>
#include <boost/json.hpp>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "audio/byte_source.h"
#include "audio/media_to_pcm.h"
#include "audio/wav_writer.h"
#include "base/status_macros.h"
#include "cli/audio_input.h"
#include "cli/command.h"
#include "client/answer.h"
#include "client/client.h"
#include "format/json_text.h"

namespace saywell::cli {
namespace {

using boost::json::object;

constexpr char kExamples[] =
    "Examples:\n"
    "  saywell client assess hello.wav --text \"Ten of clubs.\" --server http://localhost:8080\n"
    "  saywell client stream hello.wav --text \"Ten of clubs.\" --fast --token TOKEN\n"
    "  saywell client stream hello.webm --as-is --request '{\"refText\": \"Ten.\", \"rank\": 5}'\n"
    "Each answer is one line of JSON on standard output. SAYWELL_TOKEN and SAYWELL_SECRET keep a\n"
    "token or secret off the command line. Exit status: 0 assessed, 1 refused (errID), 2 wrong\n"
    "usage or request, 3 the file or the server cannot be reached, 4 internal error.";

struct ClientArguments {
  std::string audio;
  std::string server = "http://localhost:8080";
  std::string ca_file;
  client::Login login;
  std::string text, core_type, user;
  std::string request = "{}";
  bool stop_at_silence = false;
  bool fast = false;
  bool as_is = false;
  bool events = false;
};

Result<object> request_of(const ClientArguments& arguments) {
  Result<object> request = parse_json_object(arguments.request);
  if (!request.ok())
    return Status(Code::kBadParameter, "--request", request.status().explanation());
  if (!arguments.text.empty()) (*request)["refText"] = arguments.text;
  if (!arguments.core_type.empty()) (*request)["coreType"] = arguments.core_type;
  if (!arguments.user.empty()) (*request)["userId"] = arguments.user;
  return request;
}

Result<client::Account> account_of(const ClientArguments& arguments) {
  ASSIGN_OR_RETURN(client::ServerAddress server, client::parse_server_url(arguments.server));
  server.ca_file = arguments.ca_file;
  return client::Account{std::move(server), arguments.login};
}

Result<std::vector<std::byte>> read_file(const std::string& audio) {
  if (is_piped(audio)) return read_piped(audio);
  ASSIGN_OR_RETURN(const std::unique_ptr<ByteSource> source, file_source(audio));
  std::vector<std::byte> bytes(static_cast<std::size_t>(source->size()));
  std::size_t filled = 0;
  while (filled < bytes.size()) {
    const std::int64_t got = source->read(std::span(bytes).subspan(filled));
    if (got <= 0) return Status(Code::kFileUnreadable, "'" + audio + "' cannot be read to its end");
    filled += static_cast<std::size_t>(got);
  }
  return bytes;
}

int exit_code_of(const object& answer) {
  const int code = client::code_of(answer);
  return code == 0 ? int{kDone} : report(client::refusal_in(answer));
}

void print(const object& answer) { std::cout << json_text(answer) << std::endl; }

int run_assess(const ClientArguments& arguments) {
  const Result<client::Account> account = account_of(arguments);
  if (!account.ok()) return report(account.status());
  const Result<object> request = request_of(arguments);
  if (!request.ok()) return report(request.status());
  const Result<std::vector<std::byte>> audio = read_file(arguments.audio);
  if (!audio.ok()) return report(audio.status());
  const Result<object> answer = client::assess(*account, *request, *audio);
  if (!answer.ok()) return report(answer.status());
  print(*answer);
  return exit_code_of(*answer);
}

// The audio to send: samples as a recorder would send them, or the file in its container.
struct Sound {
  std::vector<std::byte> bytes;
  double duration_s = 0;
};

Result<Sound> sound_of(const ClientArguments& arguments) {
  ASSIGN_OR_RETURN(std::vector<std::byte> bytes, read_file(arguments.audio));
  ASSIGN_OR_RETURN(const Recording recording, media_bytes_to_pcm(bytes));
  Sound sound{std::move(bytes), recording.duration_s()};
  if (!arguments.as_is) {
    constexpr std::ptrdiff_t kWavHeadBytes = 44;
    sound.bytes = pcm_to_wav(recording.samples);
    sound.bytes.erase(sound.bytes.begin(), sound.bytes.begin() + kWavHeadBytes);
  }
  return sound;
}

object start_command(const ClientArguments& arguments, object request) {
  object param{{"request", std::move(request)}};
  if (!arguments.as_is) {  // a container declares its format itself
    param["audio"] = {
        {"audioType", "pcm"}, {"sampleRate", kSampleRateHz}, {"channel", 1}, {"sampleBytes", 2}};
  }
  if (arguments.stop_at_silence) param["vadEnable"] = 1;
  return {{"cmd", "start"}, {"param", std::move(param)}};
}

int run_stream(const ClientArguments& arguments) {
  const Result<client::Account> account = account_of(arguments);
  if (!account.ok()) return report(account.status());
  Result<object> request = request_of(arguments);
  if (!request.ok()) return report(request.status());
  const Result<Sound> sound = sound_of(arguments);
  if (!sound.ok()) return report(sound.status());
  constexpr double kPieceS = 0.1;
  client::StreamPlan plan;
  plan.start = start_command(arguments, *std::move(request));
  plan.audio = sound->bytes;
  const double pieces = std::max(1.0, sound->duration_s / kPieceS);
  plan.piece_bytes =
      static_cast<std::size_t>(static_cast<double>(sound->bytes.size()) / pieces) + 1;
  if (!arguments.fast) plan.piece_time = std::chrono::milliseconds(100);
  const auto on_message = [&arguments](const object& message) {
    if (arguments.events || message.contains("result")) print(message);
  };
  const Result<client::StreamOutcome> outcome = client::stream(*account, plan, on_message);
  if (!outcome.ok()) return report(outcome.status());
  if (!arguments.events && outcome->code != 0) print(outcome->envelope);
  return exit_code_of(outcome->envelope);
}

void add_common_options(OptionSet app, ClientArguments& arguments) {
  add_audio_argument(app, arguments.audio);
  app.add_option("--server", arguments.server, "Its address: http://, https://, ws:// or wss://")
      .show_default();
  app.add_option("--ca", arguments.ca_file,
                 "PEM file of an authority to trust besides the system's (DATA/tls/authority.crt)");
  const Option token =
      app.add_option("--token", arguments.login.token, "A token (POST /v1/sessions)")
          .environment("SAYWELL_TOKEN");
  Option application = app.add_option("--application", arguments.login.application_id,
                                      "An application's id; signs in with --secret");
  const Option secret =
      app.add_option("--secret", arguments.login.secret, "Its secret; it signs, and is never sent")
          .environment("SAYWELL_SECRET");
  application.needs(secret).excludes(token);
  app.add_option("--text", arguments.text, "The text, marks such as word(s:1) included");
  app.add_option("--core-type", arguments.core_type, "en.word.score, en.sent.score …");
  app.add_option("--user", arguments.user, "Who reads");
  app.add_option("--request", arguments.request,
                 "Further fields of the request, as JSON (docs/answers.md)");
  app.footer(kExamples);
}

}  // namespace

Command add_client_command(OptionSet program, const GlobalOptions&) {
  OptionSet app = program.add_subcommand("client", "Let a server assess a recording");
  app.require_subcommand();
  auto arguments = std::make_shared<ClientArguments>();
  OptionSet assess = app.add_subcommand("assess", "One request over HTTP");
  add_common_options(assess, *arguments);
  OptionSet stream = app.add_subcommand("stream", "Over a WebSocket, in real time");
  add_common_options(stream, *arguments);
  stream.add_flag("--fast", arguments->fast, "As fast as the server takes it");
  stream.add_flag("--as-is", arguments->as_is, "Send the file in its container, not as samples");
  stream.add_flag("--vad", arguments->stop_at_silence, "The server stops at the end of speech");
  stream.add_flag("--events", arguments->events, "Print every message of the server");
  return {app, [arguments, assess] {
            return assess.parsed() ? run_assess(*arguments) : run_stream(*arguments);
          }};
}

}  // namespace saywell::cli
