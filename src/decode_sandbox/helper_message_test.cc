#include "decode_sandbox/helper_message.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <limits>
#include <thread>

namespace saywell::decoder {
namespace {

TEST(HelperMessage, ComesWholeHoweverItIsCut) {
  const std::string text = packed(MessageKind::kData, "hello") + packed(MessageKind::kEnd);
  for (std::size_t piece = 1; piece <= text.size(); ++piece) {
    MessageReader reader;
    std::string heard;
    for (std::size_t at = 0; at < text.size(); at += piece) {
      reader.push(std::string_view(text).substr(at, piece));
      while (const auto message = reader.next()) {
        heard += message->kind == MessageKind::kEnd ? "." : message->payload;
      }
    }
    EXPECT_EQ(heard, "hello.") << piece;
  }
}

TEST(HelperMessage, NonsenseBreaksTheReader) {
  std::string too_long = packed(MessageKind::kData);
  too_long[6] = '\x7f';  // of the length
  std::string unknown = packed(MessageKind::kData);
  unknown[0] = '\x63';
  for (const std::string& text : {too_long, unknown}) {
    MessageReader reader;
    reader.push(text);
    EXPECT_FALSE(reader.next());
    EXPECT_TRUE(reader.broken());
  }
}

TEST(HelperMessage, OutcomesAreReadBack) {
  Outcome good;
  good.source = {"wav", "pcm_s16le", 44100, 2};
  good.clipped_share = 0.25;
  const auto read = read_outcome(outcome_text(good));
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->status.ok());
  EXPECT_EQ(read->source.codec, "pcm_s16le");
  EXPECT_EQ(read->source.channels, 2);
  EXPECT_DOUBLE_EQ(read->clipped_share, 0.25);
  Outcome bad;
  bad.status = Status(Code::kNotConvertible, "audio", "no\nsuch thing");
  bad.retiring = true;
  const auto refused = read_outcome(outcome_text(bad));
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->status.code(), Code::kNotConvertible);
  EXPECT_EQ(refused->status.field(), "audio");
  EXPECT_EQ(refused->status.detail(), "no\nsuch thing");
  EXPECT_TRUE(refused->retiring);
}

TEST(HelperMessage, WhatNoHelperWouldSay) {
  for (const char* text :
       {"", "0\n0\n0\n1\n1\nwav", "503\n0\n0\n1\n1\nwav\npcm\n\n", "0\n0\n2\n1\n1\nwav\npcm\n\n",
        "0\n0\nnan\n1\n1\nwav\npcm\n\n", "x\n0\n0\n1\n1\nwav\npcm\n\n"}) {
    EXPECT_FALSE(read_outcome(text)) << text;
  }
  EXPECT_FALSE(read_samples("abc"));
  const std::array wrong = {0.5F, std::numeric_limits<float>::quiet_NaN()};
  EXPECT_FALSE(read_samples(samples_text(wrong)));
  const std::array right = {0.5F, -1.0F};
  const auto samples = read_samples(samples_text(right));
  ASSERT_TRUE(samples);
  EXPECT_EQ((*samples)[1], -1.0F);
}

TEST(HelperMessage, LimitsAreReadBack) {
  EXPECT_DOUBLE_EQ(read_limit(limit_text(12.5)), 12.5);
  for (const char* text : {"", "x", "-1", "nan"}) {
    EXPECT_DOUBLE_EQ(read_limit(text), DecodeLimits{}.max_duration_s) << text;
  }
}

TEST(HelperMessage, TravelsOverASocket) {
  std::array<int, 2> ends{};
  ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0);
  const std::string large(kMaxMessageBytes, 'x');
  std::thread writer([&] {
    EXPECT_TRUE(write_all(ends[0], packed(MessageKind::kData, large)));
    close(ends[0]);
  });
  const auto message = read_message(ends[1]);
  ASSERT_TRUE(message);
  EXPECT_EQ(message->payload, large);
  EXPECT_FALSE(read_message(ends[1]));
  writer.join();
  close(ends[1]);
}

}  // namespace
}  // namespace saywell::decoder
