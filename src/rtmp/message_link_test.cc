#include "rtmp/message_link.h"

#include <gtest/gtest.h>

#include "rtmp/testing/transcript.h"

namespace saywell::rtmp {
namespace {

// Two links connected to each other.
struct Pair {
  MessageLink near{Limits()};
  MessageLink far{Limits()};

  // Passes the output of `near` on; returns the number of messages that `far` returns.
  int pass() {
    const Bytes bytes = std::move(near.output());
    near.output().clear();
    far.feed(bytes);
    int messages = 0;
    for (;;) {
      const auto message = far.next();
      EXPECT_TRUE(message.ok()) << message.status().detail();
      if (!message.ok() || !message->has_value()) return messages;
      ++messages;
    }
  }
};

TEST(MessageLink, PingIsAnswered) {
  Pair pair;
  pair.near.send_user_control(UserControl::kPingRequest, 0xCAFE);
  EXPECT_EQ(pair.pass(), 0);
  MessageLink expected{Limits()};
  expected.send_user_control(UserControl::kPingResponse, 0xCAFE);
  EXPECT_EQ(pair.far.output(), expected.output());
}

TEST(MessageLink, OtherStreamEventsAreHandedOut) {
  Pair pair;
  pair.near.send_user_control(UserControl::kStreamEof, 1);
  EXPECT_EQ(pair.pass(), 1);
}

TEST(MessageLink, TheWindowIsAcknowledged) {
  Pair pair;
  pair.near.send_window_ack_size(2000);
  pair.near.send_chunk_size(0xFFFFFF);
  const Bytes audio(700, std::byte{1});
  for (int i = 0; i < 6; ++i) pair.near.send(MessageType::kAudio, 1, 0, audio);
  EXPECT_EQ(pair.pass(), 6);
  MessageLink reader{Limits()};
  reader.feed(pair.far.output());
  EXPECT_FALSE(reader.next()->has_value());
  EXPECT_GT(reader.acknowledged_bytes(), 4000U);
  EXPECT_EQ(pair.far.output().size(), 16U + 8U);  // two, the second with a shorter header
}

TEST(MessageLink, PeerBandwidthIsAnsweredWithTheWindowOnce) {
  Pair pair;
  pair.near.send_peer_bandwidth(5000);
  pair.near.send_peer_bandwidth(5000);
  EXPECT_EQ(pair.pass(), 0);
  EXPECT_EQ(pair.far.output().size(), 16U);
}

TEST(MessageLink, AShortControlMessageIsAnError) {
  MessageLink near{Limits()};
  near.send(MessageType::kWindowAckSize, 0, 0, bytes_of("ab"));
  MessageLink far{Limits()};
  far.feed(near.output());
  EXPECT_EQ(far.next().status().code(), Code::kBadParameter);
  EXPECT_EQ(far.next().status().code(), Code::kBadParameter);
}

TEST(MessageLink, AClosedEarEndsTheConnection) {
  Limits limits;
  limits.max_pending_output_bytes = 1000;
  MessageLink near{Limits()};
  for (std::uint32_t i = 0; i < 200; ++i) near.send_user_control(UserControl::kPingRequest, i);
  MessageLink far(limits);
  far.feed(near.output());
  EXPECT_NE(far.next().status().detail().find("does not read"), std::string::npos);
}

}  // namespace
}  // namespace saywell::rtmp
