#include "rtmp/chunk_stream.h"

#include <gtest/gtest.h>

#include <string>
#include <tuple>

#include "rtmp/testing/transcript.h"

namespace saywell::rtmp {
namespace {

constexpr int kAudio = 8;

// Chunk headers made by hand, which our own writer never writes.
struct Raw {
  Bytes bytes;

  Raw& basic(int format, std::uint32_t id) {
    if (id < 64) return add(static_cast<std::uint64_t>(format) << 6 | id, 1);
    if (id < 320) return add(static_cast<std::uint64_t>(format) << 6, 1).add(id - 64, 1);
    add(static_cast<std::uint64_t>(format) << 6 | 1, 1);
    return add((id - 64) % 256, 1).add((id - 64) / 256, 1);
  }
  Raw& add(std::uint64_t number, int count) {
    append_big_endian(bytes, number, count);
    return *this;
  }
  Raw& add(std::string_view text) {
    append_bytes(bytes, bytes_of(text));
    return *this;
  }
  // A whole header; the stream id is 1.
  Raw& whole(std::uint32_t id, std::uint32_t timestamp, std::size_t length, int type = kAudio) {
    return basic(0, id)
        .add(timestamp, 3)
        .add(length, 3)
        .add(static_cast<unsigned>(type), 1)
        .add(0x01000000, 4);
  }
};

struct Got {
  std::uint32_t timestamp_ms;
  std::string payload;
  bool operator==(const Got&) const = default;
};

// The messages of `bytes`, which must be the same however they are cut.
std::vector<Got> read(const Bytes& bytes, const Limits& limits = {}) {
  EXPECT_TRUE(same_however_cut([&](Cut cut) { return link_transcript(bytes, cut, limits); }));
  ChunkReader reader(limits);
  reader.feed(bytes);
  std::vector<Got> got;
  for (;;) {
    const auto message = reader.next();
    if (!message.ok() || !message->has_value()) return got;
    got.push_back({(*message)->timestamp_ms, std::string(text_of((*message)->payload))});
  }
}

Status error_of(const Bytes& bytes, const Limits& limits = {}) {
  ChunkReader reader(limits);
  reader.feed(bytes);
  for (;;) {
    const auto message = reader.next();
    if (!message.ok()) {
      EXPECT_EQ(reader.next().status().detail(), message.status().detail());
      return message.status();
    }
    if (!message->has_value()) return Status();
  }
}

TEST(ChunkReader, AllHeaderTypes) {
  Raw raw;
  raw.whole(4, 1000, 2).add("ab");
  raw.basic(1, 4).add(20, 3).add(3, 3).add(kAudio, 1).add("cde");
  raw.basic(2, 4).add(30, 3).add("fgh");
  raw.basic(3, 4).add("ijk");
  EXPECT_EQ(read(raw.bytes),
            (std::vector<Got>{{1000, "ab"}, {1020, "cde"}, {1050, "fgh"}, {1080, "ijk"}}));
}

// 5.3.1.2.4; FFmpeg relies on it.
TEST(ChunkReader, ATypeThreeAfterAWholeHeaderStepsByItsTime) {
  Raw raw;
  raw.whole(4, 23, 1).add("a").basic(3, 4).add("b");
  EXPECT_EQ(read(raw.bytes), (std::vector<Got>{{23, "a"}, {46, "b"}}));
}

TEST(ChunkReader, InterleavedStreamsAndAllFormsOfIds) {
  const std::string long_text(300, 'x');
  Raw raw;
  raw.whole(4, 0, 300).add(long_text.substr(0, 128));
  raw.whole(70, 1, 2).add("zz");
  raw.basic(3, 4).add(long_text.substr(128, 128));
  raw.whole(1000, 2, 0);
  raw.whole(65599, 3, 1).add("y");
  raw.basic(3, 4).add(long_text.substr(256));
  EXPECT_EQ(read(raw.bytes), (std::vector<Got>{{1, "zz"}, {2, ""}, {3, "y"}, {0, long_text}}));
}

TEST(ChunkReader, VideoIsPassedOverWithoutBeingStored) {
  Raw raw;
  raw.whole(6, 0, 0xFFFFFF, 9).add(std::string(128, 'v'));
  ChunkReader reader{Limits()};
  reader.feed(raw.bytes);
  EXPECT_FALSE(reader.next()->has_value());
  EXPECT_EQ(reader.buffered_bytes(), 0U);
}

TEST(ChunkReader, ALongMessageIsPassedOver) {
  Limits limits;
  limits.max_message_bytes = 10;
  Raw raw;
  raw.whole(4, 0, 11).add("0123456789a").whole(4, 5, 1).add("b");
  EXPECT_EQ(read(raw.bytes, limits), (std::vector<Got>{{0, ""}, {5, "b"}}));
}

TEST(ChunkReader, AnAbortedMessageStartsAnew) {
  Raw raw;
  raw.whole(4, 0, 200).add(std::string(128, 'x'));
  raw.whole(2, 0, 4, 2).add(4, 4);
  raw.whole(4, 9, 2).add("ok");
  const std::string transcript = link_transcript(raw.bytes, Cut::kUneven);
  EXPECT_EQ(transcript, "8 1 9 2 ok \n");
}

TEST(ChunkReader, AHeaderWithoutLengthCannotBegin) {
  Raw raw;
  EXPECT_NE(error_of(raw.basic(3, 4).bytes).detail().find("no length"), std::string::npos);
}

TEST(ChunkWriter, TheReaderGetsWhatWasWritten) {
  std::vector<std::tuple<std::uint32_t, std::uint32_t, std::string>> sent;
  for (const std::uint32_t time_ms :
       {0U, 20U, 20U, 0xFFFFFFU, 0x1000000U, 0xFFFFFFF0U, 0x10U, 5U, 0x7FFFFFFFU}) {
    for (const std::size_t size : {0UL, 3UL, 3UL, 128UL, 129UL, 1000UL}) {
      sent.emplace_back(time_ms, sent.size() % 2, std::string(size, 'a'));
    }
  }
  ChunkWriter writer;
  Bytes bytes;
  std::vector<Got> expected;
  for (const auto& [time_ms, stream_id, text] : sent) {
    Message message;
    message.type = MessageType::kAudio;
    message.stream_id = stream_id;
    message.timestamp_ms = time_ms;
    message.payload = bytes_of(text);
    writer.write(message, kAudioChunks, bytes);
    expected.push_back({time_ms, text});
  }
  EXPECT_EQ(read(bytes), expected);
}

TEST(TimestampUnwrapper, CountsOnOverTheWrapAndStepsBack) {
  TimestampUnwrapper clock;
  EXPECT_EQ(clock.unwrap(0xFFFFFFF0), 0xFFFFFFF0);
  EXPECT_EQ(clock.unwrap(0x10), 0x100000010);
  EXPECT_EQ(clock.unwrap(0xFFFFFFFF), 0xFFFFFFFF);
  EXPECT_EQ(clock.unwrap(0x10), 0x100000010);
}

// CVE-2016-10191: a heap overflow in FFmpeg.
TEST(ChunkKnownFailures, LengthChangesInsideAMessage) {
  for (const int format : {0, 1}) {
    Raw raw;
    raw.whole(4, 0, 200).add(std::string(128, 'x'));
    raw.basic(format, 4).add(0, 3).add(5000, 3).add(kAudio, 1);
    if (format == 0) raw.add(0x01000000, 4);
    const Status status = error_of(raw.bytes);
    EXPECT_EQ(status.code(), Code::kBadParameter);
    EXPECT_NE(status.detail().find("from 200 to 5000"), std::string::npos) << status.detail();
  }
}

TEST(ChunkKnownFailures, AWholeHeaderInsideAMessageOfTheSameLengthGoesOn) {
  Raw raw;
  raw.whole(4, 10, 130).add(std::string(128, 'x')).whole(4, 99, 130, 18).add("yz");
  EXPECT_EQ(read(raw.bytes), (std::vector<Got>{{10, std::string(128, 'x') + "yz"}}));
}

// Red5#456: 16 MB allocated on announcement.
TEST(ChunkKnownFailures, DeclaredSizeIsNotAllocated) {
  Limits limits;
  limits.max_message_bytes = 0xFFFFFF;
  Raw raw;
  raw.whole(4, 0, 0xFFFFFF).add("abc");
  ChunkReader reader(limits);
  reader.feed(raw.bytes);
  EXPECT_FALSE(reader.next()->has_value());
  EXPECT_EQ(reader.buffered_bytes(), 3U);
}

TEST(ChunkKnownFailures, UnfinishedMessagesTogetherAreLimited) {
  Limits limits;
  limits.max_buffered_bytes = 1000;
  Raw raw;
  for (std::uint32_t id = 3; id < 20; ++id) raw.whole(id, 0, 200).add(std::string(128, 'x'));
  EXPECT_NE(error_of(raw.bytes, limits).detail().find("more than 1000 bytes"), std::string::npos);
}

// Found by fuzzing: a message in one piece is not held, the same message in two pieces is.
TEST(ChunkKnownFailures, TheLimitDoesNotDependOnTheCut) {
  Limits limits;
  limits.max_buffered_bytes = 200;
  Raw raw;
  raw.whole(4, 0, 300).add(std::string(128, 'x')).whole(5, 1, 100).add(std::string(100, 'y'));
  EXPECT_TRUE(read(raw.bytes, limits).empty());
  EXPECT_EQ(error_of(raw.bytes, limits).code(), Code::kBadParameter);
}

// nginx-rtmp#1042, #1162, joy4#88: 2 GB were allocated, then all sizes over 10 MB refused.
TEST(ChunkKnownFailures, SetChunkSizeHugeIsClamped) {
  for (const std::uint32_t size : {0x7FFFFFFFU, 0xFFFFFFFFU, 128'000'000U}) {
    Raw raw;
    raw.whole(2, 0, 4, 1).add(size, 4).whole(4, 0, 70'000).add(std::string(70'000, 'a'));
    EXPECT_EQ(link_transcript(raw.bytes, Cut::kUneven),
              "8 1 0 70000 " + std::string(70'000, 'a') + " \n");
  }
}

TEST(ChunkKnownFailures, SetChunkSizeZeroIsRefused) {
  Raw raw;
  raw.whole(2, 0, 4, 1).add(0, 4);
  EXPECT_NE(link_transcript(raw.bytes, Cut::kWhole).find("chunks of 0 bytes"), std::string::npos);
}

// Red5#475, SRS: sizes under 128 refused. Here they are served within a budget.
TEST(ChunkKnownFailures, SetChunkSizeOneIsServedWithinABudget) {
  Limits limits;
  limits.max_saved_work = 100;
  Raw raw;
  raw.whole(2, 0, 4, 1).add(1, 4).whole(4, 0, 1000).add("a");
  for (int i = 1; i < 1000; ++i) raw.basic(3, 4).add("a");
  MessageLink link(limits);
  link.feed(raw.bytes);
  EXPECT_FALSE(link.next()->has_value());
  EXPECT_TRUE(link.reader().out_of_work());
  int grants = 0;
  for (;; ++grants) {
    link.reader().allow_work(100);
    const auto message = link.next();
    ASSERT_TRUE(message.ok());
    if (!message->has_value()) continue;
    EXPECT_EQ((*message)->payload.size(), 1000U);
    break;
  }
  EXPECT_EQ(grants, 9);
}

// Found by fuzzing: whether a caller has to wait must not depend on where a piece ends.
TEST(ChunkKnownFailures, AChunkThatHasBegunNeedsNoWork) {
  Limits limits;
  limits.max_saved_work = 1;
  Raw raw;
  raw.whole(4, 0, 10).add("01234");
  ChunkReader reader(limits);
  reader.feed(raw.bytes);
  EXPECT_FALSE(reader.next()->has_value());
  EXPECT_FALSE(reader.out_of_work());
  reader.feed(bytes_of("56789"));
  EXPECT_TRUE(reader.next()->has_value());
  EXPECT_TRUE(reader.out_of_work());
}

// nginx-rtmp#246 "64 >= 32", #576: a limit that is too small, or none.
TEST(ChunkKnownFailures, ManyChunkStreams) {
  Raw hundred;
  for (std::uint32_t id = 3; id < 103; ++id) hundred.whole(id * 7, id, 1).add("a");
  EXPECT_EQ(read(hundred.bytes).size(), 100U);
  Raw thousand;
  for (std::uint32_t id = 3; id < 1003; ++id) thousand.whole(id, id, 1).add("a");
  EXPECT_EQ(read(thousand.bytes).size(), 128U);
  EXPECT_NE(error_of(thousand.bytes).detail().find("128 chunk streams"), std::string::npos);
}

// rtmpdump's change log of 2015: headers of type 3 repeat an extended timestamp, or do not.
TEST(ChunkKnownFailures, ExtendedTimestampInTypeThreeOrNot) {
  const std::uint32_t time_ms = 0x01020304;
  for (const bool repeated : {true, false}) {
    // Payload that begins like the timestamp, and a last chunk shorter than one.
    const std::string text = std::string(128, 'x') + "\x01\x02\x03" + std::string(125, 'y') + "z";
    Raw raw;
    raw.whole(4, 0xFFFFFF, text.size()).add(time_ms, 4).add(text.substr(0, 128));
    for (const std::size_t from : {128UL, 256UL}) {
      raw.basic(3, 4);
      if (repeated) raw.add(time_ms, 4);
      raw.add(text.substr(from, 128));
    }
    raw.basic(2, 4).add(20, 3).add(text.substr(0, 128)).basic(3, 4).add(text.substr(128, 128));
    raw.basic(3, 4).add(text.substr(256));
    EXPECT_EQ(read(raw.bytes), (std::vector<Got>{{time_ms, text}, {time_ms + 20, text}}))
        << repeated;
  }
}

// SRS#749, #151.
TEST(ChunkKnownFailures, TimestampsWrapAndJumpBack) {
  Raw raw;
  raw.whole(4, 0xFFFFFF, 1).add(0xFFFFFFF0, 4).add("a");
  raw.basic(2, 4).add(0x20, 3).add("b");
  raw.whole(4, 5, 1).add("c");
  EXPECT_EQ(read(raw.bytes), (std::vector<Got>{{0xFFFFFFF0, "a"}, {0x10, "b"}, {5, "c"}}));
}

TEST(ChunkKnownFailures, CutOffAtEveryByte) {
  Raw raw;
  raw.whole(4, 0xFFFFFF, 300).add(0x01020304, 4).add(std::string(128, 'x'));
  raw.basic(3, 4).add(0x01020304, 4).add(std::string(128, 'x'));
  raw.whole(1000, 7, 3).add("abc");
  for (std::size_t size = 0; size < raw.bytes.size(); ++size) {
    const Bytes cut(raw.bytes.begin(), raw.bytes.begin() + static_cast<std::ptrdiff_t>(size));
    EXPECT_TRUE(read(cut).empty());
  }
}

}  // namespace
}  // namespace saywell::rtmp
