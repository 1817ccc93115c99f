#include "acoustic/speech_chunks.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace saywell {
namespace {

constexpr double kRateHz = 16000;

std::vector<SpeechChunk> chunks_of(const std::vector<TimeRegion>& regions, double audio_s) {
  return regions_to_chunks(regions, static_cast<std::size_t>(audio_s * kRateHz));
}

double begin_s(const SpeechChunk& chunk) { return static_cast<double>(chunk.begin) / kRateHz; }
double end_s(const SpeechChunk& chunk) { return static_cast<double>(chunk.end) / kRateHz; }

// In order, apart, on the frame clock, and around every region.
void expect_covered(const std::vector<SpeechChunk>& chunks,
                    const std::vector<TimeRegion>& regions) {
  for (std::size_t i = 0; i < chunks.size(); ++i) {
    EXPECT_EQ(chunks[i].begin % kFrameSamples, 0U);
    EXPECT_LT(chunks[i].begin, chunks[i].end);
    EXPECT_GE(chunks[i].begin, i > 0 ? chunks[i - 1].end : 0);
  }
  for (const TimeRegion& region : regions) {
    for (double time_s = region.start_s + kFrameS; time_s < region.end_s - kFrameS;
         time_s += kFrameS) {
      EXPECT_TRUE(std::any_of(chunks.begin(), chunks.end(), [&](const SpeechChunk& chunk) {
        return begin_s(chunk) <= time_s && time_s < end_s(chunk);
      })) << time_s;
    }
  }
}

TEST(SpeechChunks, NoSpeechNoChunk) { EXPECT_TRUE(chunks_of({}, 5).empty()); }

TEST(SpeechChunks, OneRegionIsOneChunkWithAMarginOnEitherSide) {
  const auto chunks = chunks_of({{1.0, 2.0}}, 5);
  ASSERT_EQ(chunks.size(), 1U);
  EXPECT_NEAR(begin_s(chunks[0]), 0.76, kFrameS);
  EXPECT_NEAR(end_s(chunks[0]), 2.24, kFrameS);
}

TEST(SpeechChunks, TheMarginEndsWhereTheRecordingDoes) {
  const auto chunks = chunks_of({{0.1, 1.0}}, 1.05);
  ASSERT_EQ(chunks.size(), 1U);
  EXPECT_EQ(chunks[0].begin, 0U);
  EXPECT_EQ(chunks[0].end, static_cast<std::size_t>(1.05 * kRateHz));
}

TEST(SpeechChunks, AShortPauseIsInsideAChunkAndALongOneInNone) {
  const std::vector<TimeRegion> near = {{0.5, 1.5}, {2.0, 3.0}}, far = {{0.5, 1.5}, {3.0, 4.0}};
  EXPECT_EQ(chunks_of(near, 5).size(), 1U);
  const auto chunks = chunks_of(far, 5);
  ASSERT_EQ(chunks.size(), 2U);
  EXPECT_LT(end_s(chunks[0]), 1.5 + 0.3);
  EXPECT_GT(begin_s(chunks[1]), 3.0 - 0.3);
  expect_covered(chunks, far);
}

TEST(SpeechChunks, TooLongAStretchIsCutAtItsLongestPause) {
  const std::vector<TimeRegion> regions = {{0.5, 4.0}, {4.2, 7.0}, {7.8, 14.0}};
  const auto chunks = chunks_of(regions, 15);
  ASSERT_EQ(chunks.size(), 2U);
  EXPECT_NEAR(end_s(chunks[0]), 7.24, kFrameS);
  EXPECT_NEAR(begin_s(chunks[1]), 7.56, kFrameS);
  expect_covered(chunks, regions);
}

TEST(SpeechChunks, SpeechWithoutAPauseIsCutEvenly) {
  const std::vector<TimeRegion> regions = {{0, 30}};
  const auto chunks = chunks_of(regions, 30);
  ASSERT_EQ(chunks.size(), 3U);
  for (const SpeechChunk& chunk : chunks) EXPECT_NEAR(end_s(chunk) - begin_s(chunk), 10, 0.1);
  expect_covered(chunks, regions);
}

TEST(SpeechChunks, NoChunkIsLongerThanAsked) {
  ChunkOptions options;
  options.max_chunk_s = 4;
  const std::vector<TimeRegion> regions = {{0.2, 3.0}, {3.3, 3.9}, {4.0, 9.5}, {9.9, 12.0}};
  const auto chunks = regions_to_chunks(regions, 13 * 16000, options);
  for (const SpeechChunk& chunk : chunks) EXPECT_LE(end_s(chunk) - begin_s(chunk), 4 + kFrameS);
  expect_covered(chunks, regions);
}

}  // namespace
}  // namespace saywell
