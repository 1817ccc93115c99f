#include "server/websocket/stream_session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <condition_variable>
#include <mutex>
#include <vector>

#include "server/testing/temporary_service.h"

namespace saywell {
namespace {

using boost::json::object;
using testing::HasSubstr;

// Collects what a session sends, from any thread.
class Outbox {
 public:
  SendText sender() {
    return [this](std::string text) {
      const std::lock_guard lock(mutex_);
      texts_.push_back(std::move(text));
      arrived_.notify_all();
    };
  }

  // The next message, waited for.
  object next() {
    std::unique_lock lock(mutex_);
    arrived_.wait(lock, [this] { return taken_ < texts_.size(); });
    return boost::json::parse(texts_[taken_++]).as_object();
  }

  bool empty() {
    const std::lock_guard lock(mutex_);
    return taken_ == texts_.size();
  }

 private:
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::vector<std::string> texts_;
  std::size_t taken_ = 0;
};

class StreamSessionTest : public testing::Test {
 protected:
  object refused(std::int64_t code) {
    object answer = outbox.next();
    EXPECT_EQ(answer.at("errID").as_int64(), code);
    return answer;
  }
  void start(const std::string& more = "") {
    session.on_text(R"({"cmd":"start","param":{"request":{"refText":"Hello.")" + more + "}}}");
  }

  TemporaryService temporary;
  Outbox outbox;
  StreamSession session{*temporary.service, *temporary.authenticator, HttpRequest{},
                        outbox.sender()};
};

TEST_F(StreamSessionTest, ARecordingIsAcknowledgedBeforeItsResult) {
  start(R"(,"tokenId":"t")");
  const object started = outbox.next();
  EXPECT_EQ(started.at("cmd"), "start");
  session.on_binary(std::string(3200, '\0'));
  session.on_text(R"({"cmd":"stop"})");
  const object stopped = outbox.next();
  EXPECT_EQ(stopped.at("cmd"), "stop");
  EXPECT_EQ(stopped.at("recordId"), started.at("recordId"));
  const object envelope = outbox.next();
  EXPECT_EQ(envelope.at("recordId"), started.at("recordId"));
  EXPECT_EQ(envelope.at("tokenId"), "t");
  EXPECT_EQ(envelope.at("result").at("overall"), 80);
}

TEST_F(StreamSessionTest, WhatComesOutOfTurnIsRefusedAndHarmless) {
  session.on_binary("xx");
  EXPECT_THAT(refused(40031).at("error").as_string().c_str(), HasSubstr("start"));
  session.on_binary("more of it is not told again");
  session.on_text(R"({"cmd":"stop"})");
  EXPECT_THAT(refused(40031).at("error").as_string().c_str(), HasSubstr("no recording"));
  start();
  outbox.next();
  start();
  EXPECT_THAT(refused(40031).at("error").as_string().c_str(), HasSubstr("not stopped yet"));
  session.on_text("text");
  refused(40031);
  session.on_text(R"({"cmd":"stop"})");
  EXPECT_TRUE(refused(40004).contains("recordId"));
  EXPECT_EQ(temporary.assessed, 0);
}

TEST_F(StreamSessionTest, TheKernelsRefusalHasTheEnvelope) {
  temporary.outcome = Status(Code::kNoSpeech, "test");
  start();
  outbox.next();
  session.on_binary(std::string(3200, '\0'));
  session.on_text(R"({"cmd":"stop"})");
  outbox.next();
  EXPECT_TRUE(refused(20001).contains("params"));
}

TEST_F(StreamSessionTest, AClosedConnectionLeavesNothing) {
  start();
  const std::string id(outbox.next().at("recordId").as_string());
  session.on_binary(std::string(3200, '\0'));
  session.on_close();
  EXPECT_EQ(temporary.store->recordings().find(id).status().code(), Code::kFileMissing);
}

TEST_F(StreamSessionTest, AnApplicationAsksForSigningIn) {
  const Result<Application> application = temporary.store->applications().add("school");
  ASSERT_TRUE(application.ok());
  StreamSession guarded(*temporary.service, *temporary.authenticator, HttpRequest{},
                        outbox.sender());
  guarded.on_text(R"({"cmd":"start","param":{"request":{"refText":"Hello."}}})");
  refused(40080);
  guarded.on_text(R"({"cmd":"connect","param":{"app":{"applicationId":")" + application->id +
                  R"(","timestamp":"1","sig":"00"}}})");
  refused(40080);
  const std::string now = std::to_string(system_wall_clock()());
  guarded.on_text(R"({"cmd":"connect","param":{"app":{"applicationId":")" + application->id +
                  R"(","timestamp":")" + now + R"(","sig":")" +
                  sign(application->id, now, application->secret) + R"("}}})");
  EXPECT_EQ(outbox.next().at("applicationId").as_string(), application->id);
  guarded.on_text(R"({"cmd":"start","param":{"request":{"refText":"Hello."}}})");
  EXPECT_TRUE(outbox.next().contains("recordId"));
}

TEST_F(StreamSessionTest, ALearnersTokenIsGoodForThatLearnerOnly) {
  const Result<Application> application = temporary.store->applications().add("school");
  const Result<IssuedKey> key =
      temporary.store->sessions().issue_token(application->id, "eva", Role::kLearner, 60'000);
  ASSERT_TRUE(key.ok());
  HttpRequest upgrade;
  upgrade.query = {{"token", key->key}};
  StreamSession guarded(*temporary.service, *temporary.authenticator, upgrade, outbox.sender());
  guarded.on_text(
      R"({"cmd":"start","param":{"app":{"userId":"bob"},"request":{"refText":"Hello."}}})");
  EXPECT_EQ(refused(40082).at("field"), "userId");
  guarded.on_text(R"({"cmd":"start","param":{"request":{"refText":"Hello."}}})");
  const std::string id(outbox.next().at("recordId").as_string());
  EXPECT_EQ(temporary.store->recordings().find(id)->user_id, "eva");
}

}  // namespace
}  // namespace saywell
