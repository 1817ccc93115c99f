// Publishes one recording over many RTMP connections at once, in real time, and reports what became
// of them. `bench/rtmp` runs it against the recording server and against nginx.
//
//   rtmp_load --port 1935 --audio speech.flv --connections 3000 --seconds 30
//
// Prints "steady" when all publish, "ending" when the time is over, then one line of JSON.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/json.hpp>
#include <chrono>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <queue>
#include <string>
#include <vector>

#include "rtmp/client_session.h"
#include "rtmp/flv.h"

namespace saywell {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

struct Options {
  std::uint16_t port = 1935;
  std::string app = "v1.1/aistream.enscore";
  std::string query;
  std::string audio;
  std::size_t connections = 100;
  double opened_per_s = 200;
  double seconds = 30;
  bool asks = false;     // sends a call now and then, to measure the server's delay
  bool answers = false;  // waits for the server's answers about the recording
};

struct Frame {
  std::uint32_t timestamp_ms = 0;
  rtmp::Bytes payload;
};

struct Recording {
  std::vector<Frame> frames;  // the first is the codec's configuration
  std::uint32_t length_ms = 0;
};

struct Figures {
  std::size_t publishing = 0;
  std::size_t dropped = 0;
  std::size_t ended = 0;  // as the server reported
  std::uint64_t frames = 0;
  double latest_frame_ms = 0;    // sent behind its time
  double slowest_answer_ms = 0;  // to a call
  double slowest_end_ms = 0;     // from the end of a stream to the server's message
  double result_ms = 0;          // from that message to the result, of the last stream
};

double ms_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

class Publisher {
 public:
  Publisher(asio::io_context& io, const Options& options, const Recording& recording,
            Figures& figures, std::size_t number)
      : options_(options),
        recording_(recording),
        figures_(figures),
        name_("load-" + std::to_string(number) + options.query),
        socket_(io),
        session_(rtmp::Limits(), number) {}

  void start() {
    socket_.async_connect({asio::ip::address_v4::loopback(), options_.port}, [this](auto error) {
      if (error) return drop("connect: " + error.message());
      socket_.set_option(tcp::no_delay(true));
      socket_.non_blocking(true);
      flush();
      read();
    });
  }

  bool publishing() const { return publishing_; }
  bool over() const { return dropped_ || (ending_ && !options_.answers) || answered_; }

  // When the next frame is due.
  Clock::time_point due() const {
    const std::uint32_t at_ms = shift_ms_ + recording_.frames[next_].timestamp_ms;
    return started_ + milliseconds(at_ms);
  }

  void send_frame() {
    if (dropped_ || ending_) return;
    const Frame& frame = recording_.frames[next_];
    figures_.latest_frame_ms = std::max(figures_.latest_frame_ms, ms_since(due()));
    session_.send_audio(stream_id_, shift_ms_ + frame.timestamp_ms, frame.payload);
    ++figures_.frames;
    constexpr std::uint64_t kFramesBetweenAsking = 64;
    if (options_.asks && asked_ == 0 && ++sent_ % kFramesBetweenAsking == 0) {
      asked_ = session_.call("_checkbw", {});
      asked_at_ = Clock::now();
    }
    if (++next_ == recording_.frames.size()) {
      next_ = 1;
      shift_ms_ += recording_.length_ms;
    }
    flush();
  }

  void end() {
    if (dropped_ || ending_) return;
    ending_ = true;
    ended_at_ = Clock::now();
    if (publishing_) session_.delete_stream(stream_id_);
    flush();
  }

 private:
  void drop(const std::string& why) {
    if (dropped_ || over()) return;
    dropped_ = true;
    ++figures_.dropped;
    if (figures_.dropped == 1) std::cerr << name_ << ": " << why << '\n';
    boost::system::error_code ignored;
    socket_.close(ignored);
  }

  void read() {
    socket_.async_read_some(asio::buffer(input_), [this](auto error, std::size_t size) {
      if (error) return drop("read: " + error.message());
      session_.allow_work(1'000'000);
      session_.feed(rtmp::ByteView(input_).first(size));
      while (!dropped_) {
        const auto event = session_.next();
        if (!event.ok()) return drop(event.status().detail());
        if (!event->has_value()) break;
        std::visit([this](const auto& what) { take(what); }, **event);
      }
      flush();
      if (!dropped_) read();
    });
  }

  void take(const rtmp::HandshakeDone&) {
    session_.connect(options_.app, "rtmp://localhost/" + options_.app);
  }
  void take(const rtmp::Reply& reply) {
    if (asked_ != 0 && reply.transaction == asked_) {
      figures_.slowest_answer_ms = std::max(figures_.slowest_answer_ms, ms_since(asked_at_));
      asked_ = 0;
      return;
    }
    if (publishing_) return;
    if (!reply.ok) return drop("refused");
    const bool has_stream = reply.values.size() > 1 && reply.values[1].number();
    if (!has_stream) {
      session_.create_stream();
      return;
    }
    stream_id_ = static_cast<std::uint32_t>(*reply.values[1].number());
    session_.publish(stream_id_, name_);
  }
  void take(const rtmp::ServerStatus& status) {
    if (status.code == "NetStream.Publish.Start" && !publishing_) {
      publishing_ = true;
      started_ = Clock::now();
      ++figures_.publishing;
    } else if (status.code == "50300") {
      figures_.slowest_end_ms = std::max(figures_.slowest_end_ms, ms_since(ended_at_));
      ++figures_.ended;
    } else if (const rtmp::Amf0Value* level = status.info.find("level");
               level != nullptr && level->string() != nullptr && *level->string() == "error") {
      drop(status.code);
    }
  }
  void take(const rtmp::ServerCommand& command) {
    if (command.command.name != "onResult") return;
    figures_.result_ms = ms_since(ended_at_);
    answered_ = true;
  }
  template <class Other>
  void take(const Other&) {}

  // Bytes that the socket does not take at once wait until it does.
  void flush() {
    session_.take_output(fresh_);
    waiting_.insert(waiting_.end(), fresh_.begin(), fresh_.end());
    if (blocked_ || waiting_.empty()) return;
    boost::system::error_code error;
    const std::size_t sent = socket_.write_some(asio::buffer(waiting_), error);
    waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(sent));
    if (error && error != asio::error::would_block) return drop("write: " + error.message());
    if (waiting_.empty()) return;
    blocked_ = true;
    socket_.async_wait(tcp::socket::wait_write, [this](auto failed) {
      blocked_ = false;
      if (failed) return drop("write: " + failed.message());
      flush();
    });
  }

  const Options& options_;
  const Recording& recording_;
  Figures& figures_;
  const std::string name_;
  tcp::socket socket_;
  rtmp::ClientSession session_;
  std::array<std::byte, 4096> input_;
  rtmp::Bytes fresh_, waiting_;
  std::uint32_t stream_id_ = 0;
  std::size_t next_ = 0;
  std::uint32_t shift_ms_ = 0;
  std::uint64_t sent_ = 0;
  double asked_ = 0;  // transaction of the open call; 0: none
  Clock::time_point started_, asked_at_, ended_at_;
  bool publishing_ = false, ending_ = false, dropped_ = false, answered_ = false, blocked_ = false;
};

// Opens the connections one after the other, sends every frame at its time, ends them all.
class Load {
 public:
  Load(const Options& options, const Recording& recording)
      : options_(options), recording_(recording), timer_(io_) {}

  const Figures& run() {
    begun_ = Clock::now();
    tick();
    io_.run();
    return figures_;
  }

 private:
  void tick() {
    constexpr milliseconds kTick{2};
    const double elapsed_s = ms_since(begun_) / 1000;
    const auto wanted = static_cast<std::size_t>(elapsed_s * options_.opened_per_s) + 1;
    while (publishers_.size() < std::min(wanted, options_.connections)) open_one();
    take_those_that_started();
    send_due();
    if (!steady_ && figures_.publishing + figures_.dropped >= options_.connections) {
      steady_ = true;
      steady_at_ = Clock::now();
      std::cout << "steady" << std::endl;
    }
    if (steady_ && ms_since(steady_at_) > options_.seconds * 1000) return end();
    timer_.expires_after(kTick);
    timer_.async_wait([this](auto) { tick(); });
  }

  void open_one() {
    publishers_.push_back(
        std::make_unique<Publisher>(io_, options_, recording_, figures_, publishers_.size()));
    starting_.push_back(publishers_.back().get());
    publishers_.back()->start();
  }

  void take_those_that_started() {
    std::erase_if(starting_, [this](Publisher* publisher) {
      if (publisher->publishing()) queue_.emplace(publisher->due(), publisher);
      return publisher->publishing();
    });
  }

  void send_due() {
    const Clock::time_point now = Clock::now();
    while (!queue_.empty() && queue_.top().first <= now) {
      Publisher* publisher = queue_.top().second;
      queue_.pop();
      publisher->send_frame();
      if (!publisher->over()) queue_.emplace(publisher->due(), publisher);
    }
  }

  void end() {
    std::cout << "ending" << std::endl;
    for (const auto& publisher : publishers_) publisher->end();
    ended_ = Clock::now();
    wait_for_the_rest();
  }

  void wait_for_the_rest() {
    constexpr double kLongestMs = 60'000;
    const bool over = std::all_of(publishers_.begin(), publishers_.end(),
                                  [](const auto& publisher) { return publisher->over(); });
    if (over || ms_since(ended_) > kLongestMs) return io_.stop();
    timer_.expires_after(milliseconds(1));
    timer_.async_wait([this](auto) { wait_for_the_rest(); });
  }

  const Options& options_;
  const Recording& recording_;
  asio::io_context io_{1};
  asio::steady_timer timer_;
  Figures figures_;
  std::vector<std::unique_ptr<Publisher>> publishers_;
  std::vector<Publisher*> starting_;
  using Due = std::pair<Clock::time_point, Publisher*>;
  std::priority_queue<Due, std::vector<Due>, std::greater<>> queue_;
  Clock::time_point begun_, steady_at_, ended_;
  bool steady_ = false;
};

Recording read_recording(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  rtmp::FlvReader reader;
  reader.feed(rtmp::bytes_of(text));
  Recording recording;
  while (true) {
    const auto tag = reader.next();
    if (!tag.ok() || !tag->has_value()) break;
    if ((*tag)->type != rtmp::FlvTagType::kAudio) continue;
    recording.frames.push_back({(*tag)->timestamp_ms, {(*tag)->data.begin(), (*tag)->data.end()}});
  }
  recording.length_ms = static_cast<std::uint32_t>(reader.duration_ms());
  return recording;
}

int run(const Options& options) {
  const Recording recording = read_recording(options.audio);
  if (recording.frames.size() < 2) {
    std::cerr << "rtmp_load: '" << options.audio << "' is no FLV file with audio\n";
    return 1;
  }
  Load load(options, recording);
  const Figures& figures = load.run();
  std::cout << boost::json::object{{"publishing", figures.publishing},
                                   {"dropped", figures.dropped},
                                   {"ended", figures.ended},
                                   {"frames", figures.frames},
                                   {"latest_frame_ms", figures.latest_frame_ms},
                                   {"slowest_answer_ms", figures.slowest_answer_ms},
                                   {"slowest_end_ms", figures.slowest_end_ms},
                                   {"result_ms", figures.result_ms}}
            << std::endl;
  return 0;
}

}  // namespace
}  // namespace saywell

int main(int argc, char** argv) {
  saywell::Options options;
  CLI::App app("Publishes one recording over many RTMP connections at once, in real time");
  app.add_option("--port", options.port)->required();
  app.add_option("--audio", options.audio, "FLV file")->required();
  app.add_option("--app", options.app)->capture_default_str();
  app.add_option("--query", options.query, "behind every stream's name, with its '?'");
  app.add_option("--connections", options.connections)->capture_default_str();
  app.add_option("--opened-per-s", options.opened_per_s)->capture_default_str();
  app.add_option("--seconds", options.seconds, "once all publish")->capture_default_str();
  app.add_flag("--asks", options.asks, "ask the server something now and then");
  app.add_flag("--answers", options.answers, "wait for what it says of each recording");
  CLI11_PARSE(app, argc, argv);
  return saywell::run(options);
}
