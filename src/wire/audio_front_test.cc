#include "wire/audio_front.h"

#include <gtest/gtest.h>

#include <string>

namespace saywell {
namespace {

TEST(AudioFront, ContainersByTheirFirstBytes) {
  for (const std::string_view front :
       {std::string_view("RIFF\0\0\0\0WAVE", 12), std::string_view("OggS\0\2\0\0", 8),
        std::string_view("\x1A\x45\xDF\xA3zzzz"),
        std::string_view("\0\0\0\x20"
                         "ftypisom",
                         12)}) {
    EXPECT_EQ(is_container(front), true);
  }
}

TEST(AudioFront, Mp3AndAacByTwoFrames) {
  const std::string mp3_head("\xFF\xFB\x90\x00\x00\x00", 6);  // 128 kbit/s, 44.1 kHz: 417 bytes
  const std::string mp3 = mp3_head + std::string(411, '\0') + mp3_head;
  EXPECT_EQ(is_container(mp3), true);
  EXPECT_EQ(is_container(mp3.substr(0, 100)), std::nullopt);
  const std::string adts_head("\xFF\xF1\x50\x80\x10\x00", 6);  // 128 bytes
  EXPECT_EQ(is_container(adts_head + std::string(122, '\0') + adts_head), true);
}

TEST(AudioFront, SamplesAreNone) {
  EXPECT_EQ(is_container(std::string(8, '\0')), false);
  EXPECT_EQ(is_container(std::string_view("\xFF\xFF\xFE\xFF\x01\x00\x02\x00", 8)), false);
  // Samples that look like the head of an MP3 frame, and no second one where it would have to be.
  const std::string samples("\xFF\xFB\x90\x00\x00\x00\x00\x00", 8);
  EXPECT_EQ(is_container(samples), std::nullopt);
  EXPECT_EQ(is_container(samples + std::string(4000, '\1')), false);
  EXPECT_EQ(is_container(""), std::nullopt);
}

}  // namespace
}  // namespace saywell
