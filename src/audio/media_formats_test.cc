// Every promised container and codec, made by the ffmpeg program from a real recording.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "audio/media_to_pcm.h"

namespace saywell {
namespace {

constexpr char kRecording[] = "/usr/share/pocketsphinx/test/data/cards/002.wav";

struct MediaFormat {
  const char* file;       // its extension chooses ffmpeg's container
  const char* options;    // for ffmpeg
  const char* container;  // expected of the decoder …
  const char* codec;
  int sample_rate_hz;
  double min_similarity;  // … and of the samples: normalised cross-correlation, 1 is identical
};

std::ostream& operator<<(std::ostream& out, const MediaFormat& format) {
  return out << format.file;
}

const MediaFormat kFormats[] = {
    {"u8.wav", "-c:a pcm_u8", "wav", "pcm_u8", 16000, 0.99},
    {"s16.wav", "-c:a pcm_s16le", "wav", "pcm_s16le", 16000, 0.99999},
    {"s24.wav", "-c:a pcm_s24le", "wav", "pcm_s24le", 16000, 0.99999},
    {"s32.wav", "-c:a pcm_s32le", "wav", "pcm_s32le", 16000, 0.99999},
    {"f32.wav", "-c:a pcm_f32le", "wav", "pcm_f32le", 16000, 0.99999},
    {"f64.wav", "-c:a pcm_f64le", "wav", "pcm_f64le", 16000, 0.99999},
    {"alaw.wav", "-c:a pcm_alaw", "wav", "pcm_alaw", 16000, 0.99},
    {"mulaw.wav", "-c:a pcm_mulaw", "wav", "pcm_mulaw", 16000, 0.99},
    {"8k.wav", "-ar 8000", "wav", "pcm_s16le", 8000, 0.9},
    {"11k.wav", "-ar 11025", "wav", "pcm_s16le", 11025, 0.95},
    {"22k.wav", "-ar 22050", "wav", "pcm_s16le", 22050, 0.99},
    {"32k.wav", "-ar 32000", "wav", "pcm_s16le", 32000, 0.99},
    {"44k.wav", "-ar 44100", "wav", "pcm_s16le", 44100, 0.99},
    {"48k.wav", "-ar 48000 -ac 2", "wav", "pcm_s16le", 48000, 0.99},
    {"96k.wav", "-ar 96000 -c:a pcm_s24le", "wav", "pcm_s24le", 96000, 0.99},
    {"wave64.w64", "", "w64", "pcm_s16le", 16000, 0.99999},
    {"free.flac", "", "flac", "flac", 16000, 0.99999},
    {"free24.flac", "-ar 48000 -sample_fmt s32", "flac", "flac", 48000, 0.99},
    {"layer3.mp3", "-b:a 64k", "mp3", "mp3", 16000, 0.95},
    {"vorbis.ogg", "-c:a libvorbis", "ogg", "vorbis", 16000, 0.95},
    {"opus.ogg", "-c:a libopus -b:a 32k", "ogg", "opus", 48000, 0.9},
    // Speex keeps the spectrum, not the phase of the lowest band.
    {"speex.ogg", "-c:a libspeex", "ogg", "speex", 16000, 0.65},
    {"opus.webm", "-c:a libopus -b:a 32k", "matroska", "opus", 48000, 0.9},
    {"vorbis.webm", "-c:a libvorbis", "matroska", "vorbis", 16000, 0.95},
    {"aac.m4a", "-c:a aac -b:a 64k", "mov", "aac", 16000, 0.95},
    {"aac44.mp4", "-c:a aac -ar 44100 -ac 2", "mov", "aac", 44100, 0.95},
    {"alac.m4a", "-c:a alac", "mov", "alac", 16000, 0.99999},
    {"adts.aac", "-c:a aac -b:a 64k", "aac", "aac", 16000, 0.95},
    {"aac.flv", "-c:a aac -ar 44100", "flv", "aac", 44100, 0.95},
    {"mp3.flv", "-c:a libmp3lame -ar 22050", "flv", "mp3", 22050, 0.95},
    {"speex.flv", "-c:a libspeex -ar 16000", "flv", "speex", 16000, 0.65},
    {"nellymoser.flv", "-c:a nellymoser -ar 16000", "flv", "nellymoser", 16000, 0.8},
    {"alaw.flv", "-c:a pcm_alaw -ar 8000", "flv", "pcm_alaw", 8000, 0.9},
    {"mulaw.flv", "-c:a pcm_mulaw -ar 8000", "flv", "pcm_mulaw", 8000, 0.9},
    {"s16.flv", "-c:a pcm_s16le -ar 44100", "flv", "pcm_s16le", 44100, 0.99},
    {"u8.flv", "-c:a pcm_u8 -ar 22050", "flv", "pcm_u8", 22050, 0.99},
    {"adpcm.flv", "-c:a adpcm_swf -ar 22050", "flv", "adpcm_swf", 22050, 0.95},
};

// Runs ffmpeg on the recording; false when that failed or there is no ffmpeg.
bool make_media(const std::string& options, const std::string& path) {
  const std::string command = std::string("ffmpeg -nostdin -loglevel error -y -i ") + kRecording +
                              " " + options + " '" + path + "' 2>/dev/null";
  return std::system(command.c_str()) == 0;
}

std::vector<std::byte> read_bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string content((std::istreambuf_iterator<char>(file)),
                            std::istreambuf_iterator<char>());
  const auto* begin = reinterpret_cast<const std::byte*>(content.data());
  return {begin, begin + content.size()};
}

double similarity_at(const std::vector<float>& a, const std::vector<float>& b, std::size_t lag) {
  double ab = 0, aa = 0, bb = 0;
  for (std::size_t i = 0; i < a.size() && i + lag < b.size(); ++i) {
    ab += a[i] * b[i + lag];
    aa += a[i] * a[i];
    bb += b[i + lag] * b[i + lag];
  }
  return ab / std::sqrt(aa * bb + 1e-12);
}

// The best normalised cross-correlation when `heard` starts 0 to 80 ms late (encoder delay).
double similarity(const std::vector<float>& original, const std::vector<float>& heard) {
  double best = 0;
  for (std::size_t lag = 0; lag < 1280; ++lag)
    best = std::max(best, similarity_at(original, heard, lag));
  return best;
}

class MediaFormats : public ::testing::TestWithParam<MediaFormat> {
 protected:
  static void SetUpTestSuite() {
    const Result<Recording> recording = media_file_to_pcm(kRecording);
    ASSERT_TRUE(recording.ok()) << kRecording << ": " << recording.status().explanation();
    original_ = new std::vector<float>(recording->samples);
  }
  static void TearDownTestSuite() {
    delete original_;
    original_ = nullptr;
  }
  void SetUp() override { ASSERT_NE(original_, nullptr); }
  static std::vector<float>* original_;
};
std::vector<float>* MediaFormats::original_ = nullptr;

TEST_P(MediaFormats, DecodesToTheSameSpeech) {
  const MediaFormat& format = GetParam();
  const std::string path = ::testing::TempDir() + "media_formats_" + format.file;
  ASSERT_TRUE(make_media(format.options, path)) << format.options;
  const Result<Recording> recording = media_bytes_to_pcm(read_bytes(path));
  std::filesystem::remove(path);
  ASSERT_TRUE(recording.ok()) << recording.status().explanation();
  EXPECT_EQ(recording->source.container, format.container);
  EXPECT_EQ(recording->source.codec, format.codec);
  EXPECT_EQ(recording->source.sample_rate_hz, format.sample_rate_hz);
  EXPECT_LT(recording->clipped_share, 0.001);
  EXPECT_NEAR(recording->duration_s(), static_cast<double>(original_->size()) / kSampleRateHz, 0.2);
  EXPECT_GT(similarity(*original_, recording->samples), format.min_similarity);
}

INSTANTIATE_TEST_SUITE_P(Promised, MediaFormats, ::testing::ValuesIn(kFormats),
                         [](const auto& test) {
                           std::string name = test.param.file;
                           std::replace(name.begin(), name.end(), '.', '_');
                           return name;
                         });

TEST_F(MediaFormats, AWrongExtensionDoesNotMatter) {
  const std::string path = ::testing::TempDir() + "media_formats_really_webm.wav";
  ASSERT_TRUE(make_media("-c:a libopus -f webm", path));
  const Result<Recording> recording = media_file_to_pcm(path);
  std::filesystem::remove(path);
  ASSERT_TRUE(recording.ok()) << recording.status().explanation();
  EXPECT_EQ(recording->source.container, "matroska");
}

TEST_F(MediaFormats, AVideoBesideTheAudioIsIgnored) {
  const std::string path = ::testing::TempDir() + "media_formats_film.mp4";
  ASSERT_TRUE(make_media("-f lavfi -i testsrc=duration=1:rate=5 -c:v mpeg4 -c:a aac", path));
  const Result<Recording> recording = media_file_to_pcm(path);
  std::filesystem::remove(path);
  ASSERT_TRUE(recording.ok()) << recording.status().explanation();
  EXPECT_EQ(recording->source.codec, "aac");
}

TEST_F(MediaFormats, AFilmWithoutSoundIsRefused) {
  const std::string path = ::testing::TempDir() + "media_formats_silent_film.mp4";
  ASSERT_TRUE(make_media("-f lavfi -i testsrc=duration=1:rate=5 -map 1:v -c:v mpeg4", path));
  EXPECT_EQ(media_file_to_pcm(path).status().code(), Code::kNotConvertible);
  std::filesystem::remove(path);
}

TEST_F(MediaFormats, PicturesAreRefused) {
  for (const char* file : {"picture.png", "picture.jpg", "picture.gif"}) {
    const std::string path = ::testing::TempDir() + "media_formats_" + file;
    ASSERT_TRUE(make_media("-f lavfi -i testsrc=duration=1:rate=1 -map 1:v -frames:v 1", path));
    EXPECT_EQ(media_file_to_pcm(path).status().code(), Code::kNotConvertible) << file;
    std::filesystem::remove(path);
  }
}

// Cuts the file at several places: the result is a code, or the beginning of the speech.
TEST_F(MediaFormats, BrokenOffUploadsGiveWhatIsThere) {
  for (const std::string file :
       {"cut.mp3", "cut.ogg", "cut.flac", "cut.webm", "cut.flv", "cut.aac"}) {
    // One page of Ogg would hold all of this short recording.
    const std::string options = file == "cut.ogg"   ? "-page_duration 200000"
                                : file == "cut.flv" ? "-ar 44100"
                                                    : "";
    const std::string path = ::testing::TempDir() + "media_formats_" + file;
    ASSERT_TRUE(make_media(options, path)) << file;
    const std::vector<std::byte> bytes = read_bytes(path);
    std::filesystem::remove(path);
    const Result<Recording> half = media_bytes_to_pcm(std::span(bytes).first(bytes.size() / 2));
    ASSERT_TRUE(half.ok()) << file << ": " << half.status().explanation();
    EXPECT_LT(half->samples.size(), original_->size()) << file;
    EXPECT_GT(half->samples.size(), original_->size() / 5) << file;
  }
}

TEST_F(MediaFormats, DamagedPacketsAreLeftOutUnlessTheyAreMany) {
  const std::string path = ::testing::TempDir() + "media_formats_damaged.flac";
  ASSERT_TRUE(make_media("-frame_size 256", path));
  std::vector<std::byte> bytes = read_bytes(path);
  std::filesystem::remove(path);
  std::vector<std::byte> once = bytes;
  once[bytes.size() / 2] ^= std::byte{0x55};
  const Result<Recording> repaired = media_bytes_to_pcm(once);
  ASSERT_TRUE(repaired.ok()) << repaired.status().explanation();
  EXPECT_NEAR(static_cast<double>(repaired->samples.size()), static_cast<double>(original_->size()),
              1024);
  for (std::size_t i = 10000; i < bytes.size(); i += 300) bytes[i] ^= std::byte{0x55};
  EXPECT_EQ(media_bytes_to_pcm(bytes).status().code(), Code::kNotConvertible);
}

}  // namespace
}  // namespace saywell
