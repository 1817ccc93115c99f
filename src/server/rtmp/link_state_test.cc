#include "server/rtmp/link_state.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace saywell {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;
using Phase = rtmp::ServerSession::Phase;
using State = RtmpLinkState::State;

constexpr RtmpTimeouts kTimeouts{.handshake = milliseconds(10),
                                 .connect = milliseconds(20),
                                 .first_audio = milliseconds(30),
                                 .audio = milliseconds(40),
                                 .idle = milliseconds(50),
                                 .close = milliseconds(5)};

// Opened at 1000.
class RtmpLinkStateTest : public testing::Test {
 protected:
  void expect_deadline_at(std::int64_t deadline_ms) {
    EXPECT_FALSE(state_.is_overdue(deadline_ms));
    EXPECT_TRUE(state_.is_overdue(deadline_ms + 1));
  }

  RtmpLinkState state_{kTimeouts, 1000};
};

TEST_F(RtmpLinkStateTest, TheHandshakeHasItsTimeHoweverManyBytesCome) {
  EXPECT_EQ(state_.state(), State::kHandshake);
  state_.note_traffic(1008);
  state_.follow(Phase::kHandshake, false, 1009);
  expect_deadline_at(1010);
  EXPECT_THAT(std::string(state_.overdue_reason()), HasSubstr("handshake"));
}

TEST_F(RtmpLinkStateTest, ConnectHasItsOwnTime) {
  state_.follow(Phase::kConnect, false, 1009);
  EXPECT_EQ(state_.state(), State::kConnect);
  state_.note_traffic(1020);
  state_.follow(Phase::kConnect, false, 1021);
  expect_deadline_at(1029);
  EXPECT_THAT(std::string(state_.overdue_reason()), HasSubstr("connect"));
}

TEST_F(RtmpLinkStateTest, AnOpenConnectionIsIdleSinceTheLastTraffic) {
  state_.follow(Phase::kOpen, false, 1010);
  expect_deadline_at(1060);
  state_.note_traffic(1050);
  state_.note_audio(1055);  // of a stream that does not publish
  EXPECT_EQ(state_.state(), State::kOpen);
  expect_deadline_at(1100);
  EXPECT_THAT(std::string(state_.overdue_reason()), HasSubstr("either direction"));
}

TEST_F(RtmpLinkStateTest, APublisherIsJudgedByItsAudioAlone) {
  state_.follow(Phase::kOpen, false, 1010);
  state_.follow(Phase::kOpen, true, 1020);
  EXPECT_TRUE(state_.is_publishing());
  state_.note_traffic(1045);
  expect_deadline_at(1050);
  EXPECT_THAT(std::string(state_.overdue_reason()), HasSubstr("No audio"));

  state_.note_audio(1046);
  state_.note_traffic(1080);
  state_.follow(Phase::kOpen, true, 1080);
  EXPECT_EQ(state_.state(), State::kAudio);
  expect_deadline_at(1086);
  EXPECT_THAT(std::string(state_.overdue_reason()), HasSubstr("further audio"));
}

TEST_F(RtmpLinkStateTest, ASecondRecordingBeginsAnew) {
  state_.follow(Phase::kOpen, true, 1010);
  state_.note_audio(1020);
  state_.follow(Phase::kOpen, false, 1030);
  EXPECT_EQ(state_.state(), State::kOpen);
  expect_deadline_at(1080);
  state_.follow(Phase::kOpen, true, 1040);
  EXPECT_EQ(state_.state(), State::kFirstAudio);
  expect_deadline_at(1070);
}

TEST_F(RtmpLinkStateTest, WhatEndsIsNotRevived) {
  state_.follow(Phase::kOpen, true, 1010);
  state_.advance_to(State::kEnding, 1020);
  EXPECT_FALSE(state_.takes_events());
  EXPECT_FALSE(state_.is_publishing());
  state_.follow(Phase::kOpen, true, 1021);
  state_.note_audio(1022);
  state_.note_traffic(1022);
  EXPECT_EQ(state_.state(), State::kEnding);
  state_.advance_to(State::kEnding, 1023);
  expect_deadline_at(1025);
}

TEST_F(RtmpLinkStateTest, ClosingHasItsTimeOnceMoreForTheLastBytes) {
  state_.advance_to(State::kClosing, 1000);
  expect_deadline_at(1005);
  state_.advance_to(State::kClosing, 1004);
  state_.advance_to(State::kEnding, 1008);
  EXPECT_EQ(state_.state(), State::kClosing);
  expect_deadline_at(1009);
}

TEST_F(RtmpLinkStateTest, AClosedConnectionIsNeverOverdue) {
  state_.advance_to(State::kClosed, 1000);
  state_.advance_to(State::kClosing, 1001);
  EXPECT_EQ(state_.state(), State::kClosed);
  EXPECT_FALSE(state_.is_overdue(1'000'000'000));
}

}  // namespace
}  // namespace saywell
