#include "rtmp/flv.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "rtmp/command.h"
#include "rtmp/testing/transcript.h"

namespace saywell::rtmp {
namespace {

// A file in memory; its disk is full after `capacity` bytes.
class MemorySink final : public FlvSink {
 public:
  explicit MemorySink(std::size_t capacity = SIZE_MAX) : capacity_(capacity) {}

  Status append(ByteView bytes) override {
    if (file.size() + bytes.size() > capacity_) return full();
    append_bytes(file, bytes);
    return Status();
  }
  Status overwrite(std::uint64_t offset, ByteView bytes) override {
    EXPECT_LE(offset + bytes.size(), file.size());
    std::copy(bytes.begin(), bytes.end(), file.begin() + static_cast<std::ptrdiff_t>(offset));
    return Status();
  }

  Bytes file;

 private:
  static Status full() { return Status(Code::kFileUnreadable, "the disk is full"); }
  std::size_t capacity_;
};

const Bytes kSpeex = {std::byte{0xB2}, std::byte{1}, std::byte{2}};

// Tags at the timestamps given.
Bytes recording(std::initializer_list<std::uint32_t> timestamps_ms) {
  MemorySink sink;
  Amf0Object extra;
  extra.add("recordId", "take-1");
  FlvWriter writer(sink, extra);
  EXPECT_TRUE(writer.open().ok());
  for (const std::uint32_t time_ms : timestamps_ms) {
    EXPECT_TRUE(writer.write_audio(time_ms, kSpeex).ok());
  }
  EXPECT_TRUE(writer.close().ok());
  EXPECT_EQ(writer.file_bytes(), sink.file.size());
  return sink.file;
}

std::vector<FlvTag> read_all(const Bytes& file, FlvReader& reader) {
  std::vector<FlvTag> tags;
  reader.feed(file);
  for (;;) {
    const auto tag = reader.next();
    if (!tag.ok() || !tag->has_value()) return tags;
    tags.push_back(**tag);
  }
}

TEST(Flv, WhatWasWrittenIsRead) {
  const Bytes file = recording({0, 20, 40, 0xFFFFFF, 0x01000010});
  FlvReader reader;
  const std::vector<FlvTag> tags = read_all(file, reader);
  ASSERT_EQ(tags.size(), 6U);
  EXPECT_EQ(tags[0].type, FlvTagType::kScript);
  EXPECT_EQ(tags[0].offset, kFlvHeaderBytes);
  EXPECT_EQ(tags[5].timestamp_ms, 0x01000010U);
  EXPECT_TRUE(std::equal(kSpeex.begin(), kSpeex.end(), tags[5].data.begin(), tags[5].data.end()));
  EXPECT_TRUE(reader.whole());
  EXPECT_EQ(reader.good_bytes(), file.size());
  EXPECT_EQ(reader.audio_tags(), 5U);
}

TEST(Flv, ClosingFillsInDurationAndSize) {
  const Bytes file = recording({1000, 1020, 1040});
  FlvReader reader;
  const std::vector<FlvTag> tags = read_all(file, reader);
  const auto values = parse_values(tags.at(0).data, Limits());
  ASSERT_TRUE(values.ok());
  EXPECT_EQ(*values->at(0).string(), "onMetaData");
  const Amf0Object& metadata = *values->at(1).object();
  EXPECT_EQ(metadata.find("duration")->number(), 0.06);
  EXPECT_EQ(metadata.find("filesize")->number(), static_cast<double>(file.size()));
  EXPECT_EQ(metadata.find("audiocodecid")->number(), 11.0);
  EXPECT_EQ(*metadata.find("recordId")->string(), "take-1");
  EXPECT_EQ(reader.duration_ms(), 60);
}

TEST(Flv, NothingSentLeavesABareHeader) { EXPECT_EQ(recording({}).size(), kFlvHeaderBytes); }

TEST(Flv, DurationFollowsWrapsAndIgnoresStepsBack) {
  AudioDuration duration;
  EXPECT_EQ(duration.duration_ms(), 0);
  for (const std::uint32_t time_ms : {0xFFFFFFECU, 0U, 20U, 0U, 20U}) duration.add(time_ms);
  EXPECT_EQ(duration.duration_ms(), 60);
  EXPECT_EQ(duration.tags(), 5U);
}

TEST(Flv, AFullDiskIsToldAgainAndAgain) {
  MemorySink sink(kFlvHeaderBytes + 300);
  FlvWriter writer(sink);
  ASSERT_TRUE(writer.open().ok());
  std::uint32_t time_ms = 0;
  while (writer.write_audio(time_ms, kSpeex).ok()) time_ms += 20;
  EXPECT_EQ(writer.write_audio(0, kSpeex).detail(), "the disk is full");
  EXPECT_EQ(writer.close().code(), Code::kFileUnreadable);
  EXPECT_EQ(writer.file_bytes(), sink.file.size());
  FlvReader reader;
  EXPECT_EQ(read_all(sink.file, reader).size(), writer.audio_tags() + 1);
  EXPECT_TRUE(reader.whole());
}

TEST(Flv, SameTagsHoweverCut) {
  Bytes file = recording({0, 20, 40});
  append_bytes(file, bytes_of(std::string_view("\x09\0\0\x03\0\0\x50\0\0\0\0vid\0\0\0\x0E", 18)));
  EXPECT_TRUE(same_however_cut([&](Cut cut) { return flv_transcript(file, cut); }));
  EXPECT_NE(flv_transcript(file, Cut::kWhole).find("9 80 "), std::string::npos);
}

// A killed process leaves a file cut off at any byte; everything up to the last whole tag stays.
TEST(FlvKnownFailures, AFileCutOffAtEveryByte) {
  const Bytes file = recording({0, 20, 40});
  for (std::size_t size = 0; size < file.size(); ++size) {
    const Bytes cut(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(size));
    FlvReader reader;
    const std::vector<FlvTag> tags = read_all(cut, reader);
    EXPECT_LE(reader.good_bytes(), size);
    EXPECT_EQ(reader.whole(), reader.good_bytes() == size && size > 0);
    if (!tags.empty()) {
      EXPECT_EQ(reader.good_bytes(), tags.back().offset + 11 + tags.back().data_bytes + 4);
    }
  }
}

// A power cut can leave zeros where data was not written yet.
TEST(FlvKnownFailures, ZerosBehindTheLastTag) {
  Bytes file = recording({0, 20});
  const std::size_t good = file.size();
  file.resize(good + 4096);
  FlvReader reader;
  EXPECT_EQ(read_all(file, reader).size(), 3U);
  EXPECT_EQ(reader.next().status().code(), Code::kNotConvertible);
  EXPECT_EQ(reader.good_bytes(), good);
}

TEST(FlvKnownFailures, WhatIsNoFlvIsNamed) {
  const auto error_of = [](std::string_view text) {
    FlvReader reader(1000);
    reader.feed(bytes_of(text));
    return reader.next().status().detail();
  };
  using std::literals::operator""sv;
  EXPECT_NE(error_of("RIFF\0\0\0\0WAVE"sv).find("no signature"), std::string::npos);
  EXPECT_NE(error_of("FLV\1\4\xFF\0\0\0"sv).find("header of"), std::string::npos);
  EXPECT_NE(error_of("FLV\1\4\0\0\0\x09\0\0\0\0\x08\xFF\xFF\xFF\0\0\0\0\0\0\0"sv).find("16777215"),
            std::string::npos);
}

}  // namespace
}  // namespace saywell::rtmp
