// All threads of the server at once, for the thread sanitizer (`make tsan`): a real network,
// clients over sockets, a store; only the models' results are made up.
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "client/client.h"
#include "server/http/route_table.h"
#include "server/net/network.h"
#include "server/recording/sample_container.h"
#include "server/testing/temporary_service.h"
#include "server/websocket/stream_session.h"

namespace saywell {
namespace {

using boost::json::object;

class ServerThreads : public testing::Test {
 protected:
  ServerThreads() : router_(make_router(temporary_.route_parts())) {
    temporary_.outcome->audio_ms = 2000;
    temporary_.outcome->words.resize(2);
    temporary_.outcome->words[0].time = TimeSpanMs{0, 500};
    const auto peers = [this](const HttpRequest& upgrade, SendText send) {
      return std::make_unique<StreamSession>(*temporary_.service, *temporary_.authenticator,
                                             upgrade, std::move(send));
    };
    NetworkOptions options;
    options.http_port = 0;
    options.network_threads = 2;
    options.worker_threads = 4;
    Result<std::unique_ptr<Network>> opened =
        Network::open(options, {router_, gate_, temporary_.metrics, peers, {}});
    if (!opened.ok()) ADD_FAILURE() << opened.status().explanation();
    network_ = *std::move(opened);
    account_.server.host = "127.0.0.1";
    account_.server.port = std::to_string(network_->http_port());
  }

  std::span<const std::byte> samples() const {
    return std::as_bytes(std::span(samples_.data(), samples_.size()));
  }

  Result<client::StreamOutcome> stream(const char* core_type) const {
    client::StreamPlan plan;
    plan.audio = samples();
    plan.piece_bytes = 20'000;
    plan.start = {
        {"cmd", "start"},
        {"param",
         object{{"request", object{{"refText", "Hello there."}, {"coreType", core_type}}}}}};
    return client::stream(account_, plan, {});
  }

  Result<object> assess() const {
    const std::string wav = wav_head(DeclaredAudio{}, samples_.size()) + samples_;
    return client::assess(account_, {{"refText", "Hello there."}},
                          std::as_bytes(std::span(wav.data(), wav.size())));
  }

  // Runs `work` on several threads at a time.
  template <class Work>
  static std::vector<std::thread> start(int threads, const Work& work) {
    std::vector<std::thread> started;
    for (int i = 0; i < threads; ++i) started.emplace_back(work);
    return started;
  }

  const std::string samples_ = std::string(64'000, '\1');  // 2 s
  TemporaryService temporary_;
  const Router router_;
  const RequestGate gate_{GateRules{}};
  std::unique_ptr<Network> network_;
  client::Account account_;
};

TEST_F(ServerThreads, ManyClientsAtATime) {
  std::atomic<int> answered{0};
  std::vector<std::thread> clients = start(6, [&] {
    for (int i = 0; i < 8; ++i) {
      const Result<object> assessed = assess();
      ASSERT_TRUE(assessed.ok()) << assessed.status().explanation();
      const auto streamed = stream(i % 2 == 0 ? "en.rltm.score" : "en.sent.score");
      ASSERT_TRUE(streamed.ok()) << streamed.status().explanation();
      EXPECT_EQ(streamed->code, 0);
      answered += 2;
    }
  });
  clients.emplace_back([&] {
    while (answered < 6 * 8 * 2 && !HasFailure()) {
      ASSERT_TRUE(temporary_.store->recordings().sweep_retention(temporary_.config, 10).ok());
      std::this_thread::yield();
    }
  });
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(answered, 6 * 8 * 2);
  // A job counts as done once it has returned, a moment after its answer.
  while (temporary_.service->load().running > 0) std::this_thread::yield();
  EXPECT_EQ(temporary_.service->load().done, 6U * 8 * 2);
}

TEST_F(ServerThreads, AShutdownAmongClients) {
  std::atomic<int> answered{0};
  std::vector<std::thread> clients = start(6, [&] {
    while (true) {  // until the server has gone
      const auto streamed = stream("en.rltm.score");
      if (!streamed.ok()) return;
      EXPECT_TRUE(streamed->code == 0 || streamed->code == 503) << streamed->code;
      ++answered;
      if (!assess().ok()) return;
    }
  });
  while (answered < 12) std::this_thread::yield();
  network_->stop_accepting();
  temporary_.service->drain(std::chrono::seconds(10));
  network_->stop(std::chrono::seconds(10));
  network_.reset();  // closes the remaining connections
  for (std::thread& client : clients) client.join();
  const auto queued = temporary_.store->recordings().queued();
  ASSERT_TRUE(queued.ok());
  EXPECT_EQ(temporary_.service->load().running, 0U);
}

}  // namespace
}  // namespace saywell
