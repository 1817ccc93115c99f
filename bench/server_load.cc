// The load generator of `make bench-server`: learners who read to one server, over its own
// protocol. Each mode prints one line of JSON; bench/server_bench.py starts the server, measures
// its memory and decides.
//
//   server_load capacity --clients 8 --seconds 20
//     each client sends its next sentence as soon as it has the last result
//   server_load readers --clients 40 --seconds 60
//     each client sends a sentence in real time, pauses as long, and repeats
//   server_load idle --clients 5000
//     connections that send nothing until stdin ends
//   server_load post --count 50
//     POST /v1/assess, one after the other
//   server_load record --clients 4
//     prints the id of each acknowledged recording until the server goes away
#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json.hpp>
#include <chrono>
#include <cmath>
#include <iostream>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "audio/media_to_pcm.h"
#include "audio/wav_writer.h"
#include "client/answer.h"
#include "client/links.h"
#include "client/stream_recording.h"

namespace {

namespace asio = boost::asio;
namespace client = saywell::client;
using Clock = std::chrono::steady_clock;
using boost::json::object;
using saywell::Result;

constexpr std::size_t kPieceBytes = 3200;  // 0.1 s
constexpr std::chrono::milliseconds kPieceTime{100};

struct Options {
  std::string server;
  std::string audio;
  std::string text;
  int clients = 1;
  int count = 50;
  double seconds = 20;
  double deadline_ms = 0;
  bool store = true;
};

struct Tally {
  std::map<int, int> codes;       // errID -> how often; 0: a result
  std::vector<double> delays_ms;  // last sample to result
  std::vector<double> refusal_delays_ms;
  std::map<std::string, int> broken;
};

double ms(std::chrono::nanoseconds time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

object distribution(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const auto at = [&](double share) {
    if (values.empty()) return 0.0;
    const auto index = static_cast<std::size_t>(share * static_cast<double>(values.size() - 1));
    return std::round(values[index] * 10) / 10;
  };
  return {{"count", values.size()}, {"p50", at(0.5)}, {"p95", at(0.95)}, {"max", at(1)}};
}

object to_json(const Tally& tally, double took_s) {
  object codes, broken;
  for (const auto& [code, count] : tally.codes) codes[std::to_string(code)] = count;
  for (const auto& [why, count] : tally.broken) broken[why] = count;
  return {{"seconds", took_s},
          {"codes", std::move(codes)},
          {"broken", std::move(broken)},
          {"delayMs", distribution(tally.delays_ms)},
          {"refusalDelayMs", distribution(tally.refusal_delays_ms)}};
}

asio::awaitable<void> pause(Clock::duration time) {
  asio::steady_timer timer(co_await asio::this_coro::executor, time);
  co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
}

class Load {
 public:
  Load(const Options& options, client::ServerAddress address, std::vector<std::byte> wav)
      : options_(options), address_(std::move(address)), wav_(std::move(wav)) {}

  // Sentence after sentence, without a pause and as fast as the server takes the audio.
  asio::awaitable<void> hasty_client(Clock::time_point end) {
    auto link = co_await client::open_stream(address_, "/v1/stream");
    if (!link.ok()) co_return broke(link.status());
    while (Clock::now() < end) {
      if (!co_await record(**link, std::chrono::nanoseconds(0))) co_return;
    }
  }

  // Reads in real time and then pauses as long; begins at a random point of that time.
  asio::awaitable<void> reader(Clock::time_point end, Clock::duration begin_after) {
    co_await pause(begin_after);
    auto link = co_await client::open_stream(address_, "/v1/stream");
    if (!link.ok()) co_return broke(link.status());
    while (Clock::now() + sentence_time() < end) {
      const Clock::time_point started = Clock::now();
      if (!co_await record(**link, kPieceTime)) co_return;
      co_await pause(started + 2 * sentence_time() - Clock::now());
    }
  }

  asio::awaitable<void> idle_client() {
    auto link = co_await client::open_stream(address_, "/v1/stream");
    if (!link.ok()) co_return broke(link.status());
    idle_.push_back(*std::move(link));
  }

  asio::awaitable<void> post() {
    auto link = co_await client::open_http(address_);
    if (!link.ok()) co_return broke(link.status());
    client::HttpCall call;
    call.method = "POST";
    call.target = "/v1/assess";
    call.content_type = "multipart/form-data; boundary=piece-of-load";
    call.body = client::assess_body(request(), wav_, "piece-of-load");
    for (int i = 0; i < options_.count; ++i) {
      const Clock::time_point started = Clock::now();
      const auto reply = co_await (*link)->exchange(call);
      if (!reply.ok()) co_return broke(reply.status());
      const auto answer = client::parse_answer(reply->body);
      ++tally_.codes[answer.ok() ? client::code_of(*answer) : -1];
      tally_.delays_ms.push_back(ms(Clock::now() - started));
    }
  }

  // For the test of kills: prints the recordings that the server has acknowledged.
  asio::awaitable<void> recording_client() {
    auto link = co_await client::open_stream(address_, "/v1/stream");
    if (!link.ok()) co_return;
    client::StreamPlan plan = plan_of(std::chrono::nanoseconds(0));
    std::string id;
    while (true) {
      const auto on_message = [&id](const object& message) {
        const std::string cmd = client::text_of(message, "cmd");
        if (client::code_of(message) != 0) return;
        if (cmd == "start") id = client::text_of(message, "recordId");
        if (cmd == "stop") std::cout << id << std::endl;
      };
      const auto outcome = co_await client::stream_recording(**link, plan, on_message);
      if (!outcome.ok()) co_return;
    }
  }

  Clock::duration sentence_time() const {
    return kPieceTime * static_cast<int>((samples().size() + kPieceBytes - 1) / kPieceBytes);
  }
  const Tally& tally() const { return tally_; }
  std::size_t idle_count() const { return idle_.size(); }
  void close_idle() { idle_.clear(); }

 private:
  object request() const {
    object fields{{"refText", options_.text}, {"coreType", "en.sent.score"}};
    if (options_.deadline_ms > 0) fields["deadlineMs"] = options_.deadline_ms;
    if (!options_.store) fields["store"] = false;
    return fields;
  }

  std::span<const std::byte> samples() const {
    constexpr std::size_t kWavHeadBytes = 44;
    return std::span(wav_).subspan(kWavHeadBytes);
  }

  client::StreamPlan plan_of(std::chrono::nanoseconds piece_time) const {
    client::StreamPlan plan;
    plan.start = {{"cmd", "start"}, {"param", object{{"request", request()}}}};
    plan.audio = samples();
    plan.piece_bytes = kPieceBytes;
    plan.piece_time = piece_time;
    return plan;
  }

  asio::awaitable<bool> record(client::StreamLink& link, std::chrono::nanoseconds piece_time) {
    const client::StreamPlan plan = plan_of(piece_time);
    const auto outcome = co_await client::stream_recording(link, plan);
    if (!outcome.ok()) {
      broke(outcome.status());
      co_return false;
    }
    ++tally_.codes[outcome->code];
    auto& delays = outcome->code == 0 ? tally_.delays_ms : tally_.refusal_delays_ms;
    if (outcome->acknowledged) delays.push_back(ms(outcome->last_sample_to_result));
    co_return true;
  }

  void broke(const saywell::Status& status) { ++tally_.broken[status.detail()]; }

  const Options& options_;
  const client::ServerAddress address_;
  const std::vector<std::byte> wav_;
  Tally tally_;
  std::vector<std::unique_ptr<client::StreamLink>> idle_;
};

int fail(const saywell::Status& status) {
  std::cerr << "server_load: " << status.detail() << '\n';
  return 1;
}

// Opens the connections a few at a time, then waits for the end of standard input.
asio::awaitable<void> idle(Load& load, int clients) {
  constexpr int kAtATime = 50;
  for (int i = 0; i < clients; i += kAtATime) {
    for (int j = i; j < std::min(clients, i + kAtATime); ++j) co_await load.idle_client();
  }
  std::cout << object{{"open", load.idle_count()}} << std::endl;
  asio::posix::stream_descriptor input(co_await asio::this_coro::executor, dup(STDIN_FILENO));
  char byte = 0;
  co_await input.async_read_some(asio::buffer(&byte, 1), asio::as_tuple(asio::use_awaitable));
  load.close_idle();
}

void spawn(asio::io_context& io, const std::string& mode, const Options& options, Load& load) {
  const auto start = [&io](auto work) { asio::co_spawn(io, std::move(work), asio::detached); };
  const auto end = Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                      std::chrono::duration<double>(options.seconds));
  if (mode == "idle") return start(idle(load, options.clients));
  if (mode == "post") return start(load.post());
  std::mt19937 random(1);
  for (int i = 0; i < options.clients; ++i) {
    if (mode == "record") start(load.recording_client());
    if (mode == "capacity") start(load.hasty_client(end));
    if (mode != "readers") continue;
    const double share = std::uniform_real_distribution<double>(0, 2)(random);
    start(load.reader(end,
                      std::chrono::duration_cast<Clock::duration>(share * load.sentence_time())));
  }
}

int run(const std::string& mode, const Options& options) {
  const auto address = client::parse_server_url(options.server);
  if (!address.ok()) return fail(address.status());
  const auto recording = saywell::media_file_to_pcm(options.audio);
  if (!recording.ok()) return fail(recording.status());
  Load load(options, *address, saywell::pcm_to_wav(recording->samples));
  asio::io_context io;
  const Clock::time_point started = Clock::now();
  spawn(io, mode, options, load);
  io.run();
  if (mode == "idle" || mode == "record") return 0;
  std::cout << to_json(load.tally(), ms(Clock::now() - started) / 1000) << std::endl;
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Load for a saywell server"};
  Options options;
  std::string mode;
  app.add_option("MODE", mode)
      ->required()
      ->check(CLI::IsMember({"capacity", "readers", "idle", "post", "record"}));
  app.add_option("--server", options.server)->required();
  app.add_option("--audio", options.audio)->required();
  app.add_option("--text", options.text)->required();
  app.add_option("--clients", options.clients);
  app.add_option("--count", options.count);
  app.add_option("--seconds", options.seconds);
  app.add_option("--deadline-ms", options.deadline_ms);
  app.add_flag("!--no-store", options.store);
  CLI11_PARSE(app, argc, argv);
  return run(mode, options);
}
