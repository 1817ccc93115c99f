// Recordings built byte by byte: exact results, and every defect a file may have.
#include "audio/media_to_pcm.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <limits>
#include <random>
#include <string>
#include <thread>

#include "audio/wav_writer.h"

namespace saywell {
namespace {

using Bytes = std::vector<std::byte>;

// A WAV file whose header may claim anything.
struct WavFile {
  std::uint16_t format = 1;  // 1 integer, 3 float
  std::uint16_t channels = 1;
  std::uint32_t rate_hz = 16000;
  std::uint16_t bits = 16;
  std::uint32_t riff_bytes = 0xFFFFFFFF;
  std::uint32_t data_bytes = 0xFFFFFFFF;
  Bytes data;

  Bytes bytes() const {
    Bytes result;
    const auto text = [&](const char* four) {
      for (int i = 0; i < 4; ++i) result.push_back(static_cast<std::byte>(four[i]));
    };
    const auto number = [&](std::uint64_t value, int count) {
      for (int i = 0; i < count; ++i) result.push_back(static_cast<std::byte>(value >> (8 * i)));
    };
    const std::uint32_t frame_bytes = channels * bits / 8U;
    text("RIFF"), number(riff_bytes, 4), text("WAVE");
    text("fmt "), number(16, 4), number(format, 2), number(channels, 2), number(rate_hz, 4);
    number(std::uint64_t{rate_hz} * frame_bytes, 4), number(frame_bytes, 2), number(bits, 2);
    text("data"), number(data_bytes, 4);
    result.insert(result.end(), data.begin(), data.end());
    return result;
  }
};

template <class T>
Bytes bytes_of(const std::vector<T>& values) {
  Bytes bytes(values.size() * sizeof(T));
  std::memcpy(bytes.data(), values.data(), bytes.size());
  return bytes;
}

std::vector<std::int16_t> random_samples(std::size_t count) {
  std::mt19937 random(11);
  std::uniform_int_distribution<int> value(-32768, 32767);
  std::vector<std::int16_t> samples(count);
  for (std::int16_t& sample : samples) sample = static_cast<std::int16_t>(value(random));
  return samples;
}

std::vector<float> sine(int rate_hz, double duration_s, double frequency_hz) {
  std::vector<float> samples(static_cast<std::size_t>(rate_hz * duration_s));
  for (std::size_t i = 0; i < samples.size(); ++i) {
    samples[i] = static_cast<float>(
        0.5 * std::sin(2 * M_PI * frequency_hz * static_cast<double>(i) / rate_hz));
  }
  return samples;
}

Bytes text_bytes(const std::string& text) {
  const auto* begin = reinterpret_cast<const std::byte*>(text.data());
  return Bytes(begin, begin + text.size());
}

Code code_of(const Bytes& bytes, const DecodeLimits& limits = {}) {
  return media_bytes_to_pcm(bytes, limits).status().code();
}

class ScratchFile {
 public:
  ScratchFile(const std::string& name, const Bytes& content) : path_(::testing::TempDir() + name) {
    std::ofstream(path_, std::ios::binary)
        .write(reinterpret_cast<const char*>(content.data()),
               static_cast<std::streamsize>(content.size()));
  }
  ~ScratchFile() { std::filesystem::remove(path_); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

TEST(MediaToPcm, SixteenBitSixteenKilohertzMonoIsBitExact) {
  const std::vector<std::int16_t> values = random_samples(50000);
  WavFile wav;
  wav.data = bytes_of(values);
  const Result<Recording> recording = media_bytes_to_pcm(wav.bytes());
  ASSERT_TRUE(recording.ok()) << recording.status().explanation();
  ASSERT_EQ(recording->samples.size(), values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    ASSERT_EQ(recording->samples[i], static_cast<float>(values[i]) / 32768.0F) << i;
  }
  EXPECT_EQ(recording->source.container, "wav");
  EXPECT_EQ(recording->source.codec, "pcm_s16le");
  EXPECT_EQ(recording->source.sample_rate_hz, 16000);
  EXPECT_EQ(recording->source.channels, 1);
}

TEST(MediaToPcm, AWrittenWavReadsBackBitForBit) {
  WavFile wav;
  wav.data = bytes_of(random_samples(4000));
  const Result<Recording> first = media_bytes_to_pcm(wav.bytes());
  ASSERT_TRUE(first.ok());
  const Result<Recording> second = media_bytes_to_pcm(pcm_to_wav(first->samples));
  ASSERT_TRUE(second.ok());
  EXPECT_EQ(first->samples, second->samples);
}

TEST(MediaToPcm, WrittenSamplesBeyondFullScaleAreClamped) {
  const Result<Recording> read =
      media_bytes_to_pcm(pcm_to_wav(std::vector<float>{2.0F, -2.0F, 0.0F}));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->samples, (std::vector<float>{32767.0F / 32768, -1.0F, 0.0F}));
}

TEST(MediaToPcm, StereoIsTheMeanOfBothChannels) {
  WavFile wav;
  wav.channels = 2;
  wav.data = bytes_of(std::vector<std::int16_t>{16384, 0, -8192, 8192, 32767, 32767});
  const Result<Recording> recording = media_bytes_to_pcm(wav.bytes());
  ASSERT_TRUE(recording.ok());
  EXPECT_EQ(recording->samples, (std::vector<float>{0.25F, 0.0F, 32767.0F / 32768}));
  EXPECT_EQ(recording->source.channels, 2);
}

TEST(MediaToPcm, ResampledTonesKeepTimeAndLevel) {
  for (const int rate_hz : {8000, 11025, 22050, 32000, 44100, 48000, 96000}) {
    WavFile wav;
    wav.format = 3;
    wav.bits = 32;
    wav.rate_hz = static_cast<std::uint32_t>(rate_hz);
    wav.data = bytes_of(sine(rate_hz, 1.0, 440));
    const Result<Recording> recording = media_bytes_to_pcm(wav.bytes());
    ASSERT_TRUE(recording.ok()) << rate_hz;
    const std::vector<float> expected = sine(kSampleRateHz, 1.0, 440);
    EXPECT_NEAR(static_cast<double>(recording->samples.size()), 16000, 2) << rate_hz;
    for (std::size_t i = 200; i < 15800; ++i) {
      ASSERT_NEAR(recording->samples[i], expected[i], 0.002) << rate_hz << " Hz, sample " << i;
    }
  }
}

TEST(MediaToPcm, WhatTheTargetCannotHoldIsFilteredOut) {
  WavFile wav;
  wav.format = 3;
  wav.bits = 32;
  wav.rate_hz = 48000;
  wav.data = bytes_of(sine(48000, 1.0, 10000));  // would fold to 6 kHz
  const Result<Recording> recording = media_bytes_to_pcm(wav.bytes());
  ASSERT_TRUE(recording.ok());
  for (std::size_t i = 200; i < 15800; ++i) ASSERT_NEAR(recording->samples[i], 0, 0.003) << i;
}

TEST(MediaToPcm, AHeaderThatLiesAboutItsLengthIsReadToTheEnd) {
  for (const std::uint32_t data_bytes : {0U, 0xFFFFFFFFU, 2000000U}) {
    WavFile wav;
    wav.data = bytes_of(random_samples(8000));
    wav.data_bytes = data_bytes;
    const Result<Recording> recording = media_bytes_to_pcm(wav.bytes());
    ASSERT_TRUE(recording.ok()) << data_bytes << ": " << recording.status().explanation();
    EXPECT_EQ(recording->samples.size(), 8000U) << data_bytes;
  }
}

TEST(MediaToPcm, SamplesThatAreNoNumbersAreRefused) {
  for (const float bad :
       {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(), 1e30F}) {
    WavFile wav;
    wav.format = 3;
    wav.bits = 32;
    std::vector<float> samples(16000, 0.1F);
    samples[12345] = bad;
    wav.data = bytes_of(samples);
    EXPECT_EQ(code_of(wav.bytes()), Code::kNotConvertible) << bad;
    wav.data = bytes_of(std::vector<float>(16000, bad));
    EXPECT_EQ(code_of(wav.bytes()), Code::kNotConvertible) << bad;
  }
}

TEST(MediaToPcm, ImpossibleFormatsAreRefused) {
  const auto refused = [](auto&& change) {
    WavFile wav;
    wav.data = bytes_of(random_samples(2000));
    change(wav);
    return code_of(wav.bytes());
  };
  EXPECT_EQ(refused([](WavFile& wav) { wav.rate_hz = 0; }), Code::kNotConvertible);
  EXPECT_EQ(refused([](WavFile& wav) { wav.rate_hz = 1; }), Code::kNotConvertible);
  EXPECT_EQ(refused([](WavFile& wav) { wav.rate_hz = 4'000'000'000U; }), Code::kNotConvertible);
  EXPECT_EQ(refused([](WavFile& wav) { wav.channels = 0; }), Code::kNotConvertible);
  EXPECT_EQ(refused([](WavFile& wav) { wav.channels = 65535; }), Code::kNotConvertible);
  EXPECT_EQ(refused([](WavFile& wav) { wav.bits = 40; }), Code::kNotConvertible);
  EXPECT_EQ(refused([](WavFile& wav) { wav.format = 0x1234; }), Code::kNotConvertible);
}

TEST(MediaToPcm, WhatIsNoAudioIsRefused) {
  std::mt19937 random(3);
  Bytes noise(200000);
  for (std::byte& byte : noise) byte = static_cast<std::byte>(random());
  EXPECT_EQ(code_of(noise), Code::kNotConvertible);
  EXPECT_EQ(code_of(Bytes(5000)), Code::kNotConvertible);
  std::string letters(301, 'a');
  letters.back() = '\n';
  EXPECT_EQ(code_of(text_bytes(letters)), Code::kNotConvertible);
  EXPECT_EQ(code_of(text_bytes("\x89PNG\r\n\x1a\n and so on and so forth")), Code::kNotConvertible);
  EXPECT_EQ(code_of(text_bytes("PK\x03\x04 a zip file is no recording")), Code::kNotConvertible);
  EXPECT_EQ(code_of(text_bytes("#EXTM3U\n#EXT-X-VERSION:3\n#EXTINF:10,\nhttp://127.0.0.1/a.ts\n")),
            Code::kNotConvertible);
  EXPECT_EQ(code_of(text_bytes("ffconcat version 1.0\nfile /etc/passwd\n")), Code::kNotConvertible);
}

TEST(MediaToPcm, EmptyRecordingsHaveTheirCodes) {
  EXPECT_EQ(code_of({}), Code::kFileEmpty);
  EXPECT_EQ(code_of(Bytes(13)), Code::kFileEmpty);
  EXPECT_EQ(code_of(WavFile().bytes()), Code::kNoSamples);
}

TEST(MediaToPcm, AWavCutAnywhereIsAudioOrACode) {
  WavFile wav;
  wav.data = bytes_of(random_samples(100));
  const Bytes whole = wav.bytes();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const Result<Recording> recording = media_bytes_to_pcm(std::span(whole).first(size));
    if (recording.ok()) {
      EXPECT_EQ(recording->samples.size(), (size - 44) / 2) << size;
    } else {
      EXPECT_LT(size, 46U) << recording.status().explanation();
    }
  }
}

TEST(MediaToPcm, LimitsAreNamedAndStopTheDecoding) {
  WavFile wav;
  wav.data = Bytes(2 * 16000 * 20);
  DecodeLimits limits;
  limits.max_duration_s = 10;
  const Status too_long = media_bytes_to_pcm(wav.bytes(), limits).status();
  EXPECT_EQ(too_long.code(), Code::kBadParameter);
  EXPECT_NE(too_long.explanation().find("10 s"), std::string::npos) << too_long.explanation();
  limits.max_bytes = 1000;
  const Status too_large = media_bytes_to_pcm(wav.bytes(), limits).status();
  EXPECT_EQ(too_large.code(), Code::kBadParameter);
  EXPECT_NE(too_large.explanation().find("1000 bytes"), std::string::npos)
      << too_large.explanation();
}

TEST(MediaToPcm, FilesHaveTheirCodes) {
  EXPECT_EQ(media_file_to_pcm(::testing::TempDir() + "no-such-file.wav").status().code(),
            Code::kFileMissing);
  EXPECT_EQ(media_file_to_pcm("").status().code(), Code::kFileMissing);
  EXPECT_EQ(media_file_to_pcm(std::string(100000, 'x')).status().code(), Code::kFileMissing);
  EXPECT_EQ(media_file_to_pcm(std::string("a\0b", 3)).status().code(), Code::kFileMissing);
  EXPECT_EQ(media_file_to_pcm(::testing::TempDir()).status().code(), Code::kFileUnreadable);
  EXPECT_EQ(media_file_to_pcm("/dev/zero").status().code(), Code::kFileUnreadable);
  // libav would open these with its own protocols.
  EXPECT_EQ(media_file_to_pcm("http://127.0.0.1/a.wav").status().code(), Code::kFileMissing);
  EXPECT_EQ(media_file_to_pcm("concat:a.wav|b.wav").status().code(), Code::kFileMissing);
}

TEST(MediaToPcm, AFileAndItsBytesGiveTheSameSamplesWhateverTheName) {
  WavFile wav;
  wav.data = bytes_of(random_samples(3000));
  const ScratchFile file("media_to_pcm_test_wav.mp3", wav.bytes());
  const Result<Recording> from_file = media_file_to_pcm(file.path());
  const Result<Recording> from_bytes = media_bytes_to_pcm(wav.bytes());
  ASSERT_TRUE(from_file.ok() && from_bytes.ok());
  EXPECT_EQ(from_file->samples, from_bytes->samples);
}

TEST(MediaToPcm, ManyThreadsDecodeAtOnce) {
  WavFile wav;
  wav.rate_hz = 44100;
  wav.data = bytes_of(random_samples(30000));
  const Bytes bytes = wav.bytes();
  const Result<Recording> expected = media_bytes_to_pcm(bytes);
  ASSERT_TRUE(expected.ok());
  std::array<bool, 4> same = {};
  std::vector<std::thread> threads;
  for (bool& result : same) {
    threads.emplace_back([&] {
      const Result<Recording> recording = media_bytes_to_pcm(bytes);
      result = recording.ok() && recording->samples == expected->samples;
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const bool result : same) EXPECT_TRUE(result);
}

}  // namespace
}  // namespace saywell
