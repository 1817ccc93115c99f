#include "server/rtmp/rtmp_conversation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <condition_variable>
#include <deque>
#include <mutex>

#include "rtmp/client_session.h"
#include "server/testing/temporary_service.h"

namespace saywell {
namespace {

using rtmp::Amf0Object;
using rtmp::Amf0Value;
using testing::ElementsAre;

constexpr double kFrameMs = 64;

// A client and the server's side of one connection, without a network: actions run when the test
// waits for them.
class RtmpConversationTest : public testing::Test {
 protected:
  RtmpConversationTest()
      : client_(rtmp::Limits(), 1),
        session_(rtmp::Limits(), 2),
        conversation_(*service_.service, *service_.authenticator, outlet()) {}

  RtmpOutlet outlet() {
    RtmpOutlet outlet;
    outlet.run = [this](std::function<void(rtmp::ServerSession&)> action) {
      const std::lock_guard lock(mutex_);
      actions_.push_back(std::move(action));
      arrived_.notify_all();
    };
    outlet.measure = [run = outlet.run](auto action) {
      run([action](rtmp::ServerSession& session) {
        ConnectionFigures figures;
        figures.round_trip_ms = 20;
        action(session, figures);
      });
    };
    return outlet;
  }

  bool run_actions() {
    std::unique_lock lock(mutex_);
    const bool any = !actions_.empty();
    while (!actions_.empty()) {
      const auto action = std::move(actions_.front());
      actions_.pop_front();
      lock.unlock();
      action(session_);
      lock.lock();
    }
    return any;
  }

  // Bytes go to and fro until there are none.
  void exchange() {
    while (true) {
      rtmp::Bytes to_server, to_client;
      client_.take_output(to_server);
      session_.feed(to_server);
      while (true) {
        auto event = session_.next();
        ASSERT_TRUE(event.ok()) << event.status().explanation();
        if (!event->has_value()) break;
        take(**event);
      }
      const bool acted = run_actions();
      session_.take_output(to_client);
      client_.feed(to_client);
      while (true) {
        auto event = client_.next();
        ASSERT_TRUE(event.ok()) << event.status().explanation();
        if (!event->has_value()) break;
        keep(*std::move(*event));
      }
      if (to_server.empty() && to_client.empty() && !acted) return;
    }
  }

  void take(const rtmp::ServerEvent& event) {
    if (const auto* audio = std::get_if<rtmp::AudioMessage>(&event)) {
      AudioBatch batch;
      batch.add(*audio);
      conversation_.on_audio(batch);
    } else {
      conversation_.on_event(event);
    }
    run_actions();
  }

  void keep(rtmp::ClientEvent event) {
    if (const auto* status = std::get_if<rtmp::ServerStatus>(&event)) {
      codes_.push_back(status->code);
    } else if (const auto* command = std::get_if<rtmp::ServerCommand>(&event)) {
      if (command->command.name != "onResult") return;
      results_.push_back(boost::json::parse(*command->command.string(1)).as_object());
    } else if (auto* reply = std::get_if<rtmp::Reply>(&event)) {
      replies_.push_back(std::move(*reply));
    } else if (const auto* audio = std::get_if<rtmp::ServerAudio>(&event)) {
      played_.push_back(audio->timestamp_ms);
    }
  }

  // Waits for the assessment's thread.
  boost::json::object result() {
    exchange();
    while (results_.empty()) {
      {
        std::unique_lock lock(mutex_);
        arrived_.wait(lock, [this] { return !actions_.empty(); });
      }
      exchange();
    }
    boost::json::object first = std::move(results_.front());
    results_.pop_front();
    return first;
  }

  void connect() {
    exchange();
    client_.connect("v1.1/aistream.enscore", "rtmp://localhost/v1.1/aistream.enscore");
    exchange();
    client_.create_stream();
    exchange();
  }

  void send_frames(int count) {
    const rtmp::Bytes payload(20, std::byte{0x2F});
    for (int i = 0; i < count; ++i) {
      client_.send_audio(1, static_cast<std::uint32_t>(i * kFrameMs), payload);
    }
    exchange();
  }

  void record(const std::string& name, int frames) {
    client_.publish(1, name);
    exchange();
    send_frames(frames);
    client_.delete_stream(1);
    exchange();
    client_.create_stream();
  }

  TemporaryService service_;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<std::function<void(rtmp::ServerSession&)>> actions_;  // guarded by mutex_
  rtmp::ClientSession client_;
  rtmp::ServerSession session_;
  RtmpConversation conversation_;
  std::vector<std::string> codes_;
  std::deque<boost::json::object> results_;
  std::vector<rtmp::Reply> replies_;
  std::vector<std::uint32_t> played_;
};

TEST_F(RtmpConversationTest, PublishingGivesIdEndAndResultInThisOrder) {
  connect();
  record("abc?refText=Hello.", 5);
  const boost::json::object envelope = result();
  EXPECT_EQ(envelope.at("recordId"), "abc");
  EXPECT_TRUE(envelope.contains("result"));
  EXPECT_THAT(codes_, ElementsAre("NetStream.Publish.Start", "50304", "50300", "50200"));
}

TEST_F(RtmpConversationTest, ItEndsAtTheLengthAskedFor) {
  connect();
  client_.publish(1, "abc?refText=Hello.&mode=record-only&recordLength=300");
  exchange();
  EXPECT_TRUE(conversation_.wants_audio_soon());
  send_frames(20);
  result();
  EXPECT_FALSE(session_.publishing());
  EXPECT_FALSE(conversation_.is_recording());
  client_.create_stream();
  exchange();
  client_.play(2, "abc");
  exchange();
  EXPECT_TRUE(conversation_.wants_ticks());
  conversation_.on_tick(1000);
  exchange();
  EXPECT_THAT(played_, ElementsAre(0, 64, 128, 192, 256));
}

TEST_F(RtmpConversationTest, TheLongestOfACoreTypeEndsItToo) {
  connect();
  client_.publish(1, "abc?refText=Hello.&coreType=en.word.score&mode=record-only");
  exchange();
  send_frames(static_cast<int>(21'000 / kFrameMs));
  result();
  EXPECT_FALSE(session_.publishing());
}

TEST_F(RtmpConversationTest, PlayingGoesAheadOfItsTimeAndNoFurther) {
  connect();
  record("abc?refText=Hello.&mode=record-only", 160);
  result();
  exchange();
  client_.play(1, "abc");
  exchange();
  conversation_.on_tick(5000);
  exchange();
  EXPECT_EQ(played_.back(), 2944U);  // 3 s ahead
  client_.pause(1, true, 0);
  exchange();
  conversation_.on_tick(6000);
  exchange();
  EXPECT_EQ(played_.back(), 2944U);
  client_.pause(1, false, 0);
  exchange();
  conversation_.on_tick(7000);
  exchange();
  EXPECT_EQ(played_.back(), 3968U);
  client_.seek(1, 9000);
  exchange();
  conversation_.on_tick(7100);
  exchange();
  EXPECT_EQ(played_.back(), 159 * 64U);
  EXPECT_EQ(codes_.back(), "NetStream.Play.Stop");
  EXPECT_FALSE(conversation_.wants_ticks());
}

TEST_F(RtmpConversationTest, WhatIsPreparedAndNotPublishedLeavesNothing) {
  connect();
  Amf0Object param, argument;
  param.add("refText", "Hello.");
  argument.add("serverParam", param);
  client_.call("startRecord", {argument});
  exchange();
  ASSERT_TRUE(replies_.back().ok);
  const std::string id = *replies_.back().values[1].string();
  EXPECT_TRUE(service_.store->recordings().find(id).ok());
  conversation_.on_close();
  EXPECT_FALSE(service_.store->recordings().find(id).ok());
}

TEST_F(RtmpConversationTest, OnlySoManyArePrepared) {
  connect();
  Amf0Object param, argument;
  param.add("refText", "Hello.");
  argument.add("serverParam", param);
  for (int i = 0; i < 5; ++i) client_.call("startRecord", {argument});
  exchange();
  EXPECT_FALSE(replies_.back().ok);
  EXPECT_EQ(result().at("errID"), 40031);
}

TEST_F(RtmpConversationTest, BandwidthIsWhatWasMeasured) {
  connect();
  client_.call("checkBandwidth", {});
  exchange();
  const Amf0Object* figures = replies_.back().values[1].object();
  ASSERT_NE(figures, nullptr);
  EXPECT_EQ(*figures->find("code")->string(), "50108");
  EXPECT_EQ(figures->find("latency")->number(), 20);
}

TEST_F(RtmpConversationTest, TheEndOfTheConnectionKeepsTheRecording) {
  connect();
  client_.publish(1, "abc?refText=Hello.&mode=record-only");
  exchange();
  send_frames(3);
  conversation_.on_close();
  EXPECT_EQ(service_.store->recordings().find("abc")->state, RecordingState::kComplete);
}

}  // namespace
}  // namespace saywell
