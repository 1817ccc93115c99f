// The stages before scoring, with the real models, on a recording of Debian's
// pocketsphinx-testdata.
#include "assess/analysis.h"

#include <gtest/gtest.h>

#include <random>

#include "onnx/testing/model_folder.h"

namespace saywell {
namespace {

constexpr char kCards[] = "/usr/share/pocketsphinx/test/data/cards/001.wav";  // "Ten of clubs."

class AnalysisTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    analyser_ = new Result<Analyser>(Analyser::load(tested_model_dir()));
    cards_ = new Result<Recording>(media_file_to_pcm(kCards));
  }
  static void TearDownTestSuite() {
    delete analyser_;
    delete cards_;
  }
  void SetUp() override {
    ASSERT_TRUE(analyser_->ok()) << analyser_->status().message();
    ASSERT_TRUE(cards_->ok()) << cards_->status().message();
  }

  static ReferenceText text(std::string_view ref_text) {
    return (*analyser_)->text_front_end().text_to_pronunciations(ref_text).value();
  }
  static Code code_of(const Recording& recording, std::string_view ref_text = "Ten of clubs.") {
    return (*analyser_)->analyse(recording, text(ref_text)).status().code();
  }
  static Recording samples(std::size_t count, float amplitude) {
    Recording recording;
    std::mt19937 random(1);
    std::uniform_real_distribution<float> noise(-amplitude, amplitude);
    for (std::size_t i = 0; i < count; ++i) recording.samples.push_back(noise(random));
    return recording;
  }

  static Result<Analyser>* analyser_;
  static Result<Recording>* cards_;
};
Result<Analyser>* AnalysisTest::analyser_ = nullptr;
Result<Recording>* AnalysisTest::cards_ = nullptr;

TEST_F(AnalysisTest, AReadTextIsAlignedWithinTheSpeechThatWasFound) {
  const Result<Analysis> analysis = (*analyser_)->analyse(**cards_, text("Ten of clubs."));
  ASSERT_TRUE(analysis.ok()) << analysis.status().message();
  EXPECT_TRUE(analysis->audio_status.ok()) << analysis->audio_status.message();
  EXPECT_TRUE(analysis->quality.has_speech);
  EXPECT_GT(analysis->prosody.median_f0_hz, 50);
  ASSERT_EQ(analysis->alignment.token_count(), 3U);
  double end_s = 0;
  for (std::size_t token = 0; token < 3; ++token) {
    ASSERT_TRUE(analysis->alignment.is_matched(token)) << token;
    EXPECT_FALSE(analysis->alignment.is_substituted(token)) << token;
    const auto phones = analysis->alignment.phones(token);
    const TimeRegion time =
        analysis->posteriors.time_of({phones.front().frames.begin, phones.back().frames.end});
    EXPECT_GE(time.start_s, end_s - 1e-9);
    end_s = time.end_s;
  }
  EXPECT_LE(end_s, (*cards_)->duration_s());
  EXPECT_GT(end_s, 0.5);
}

TEST_F(AnalysisTest, NoSamplesAre20002) { EXPECT_EQ(code_of(Recording{}), Code::kNoSamples); }

TEST_F(AnalysisTest, MorePhonesThanFramesAre20303BeforeAnythingElseIsMeasured) {
  EXPECT_EQ(code_of(samples(16000 / 10, 0), "Unless to be rather cold-hearted is ill-disposed."),
            Code::kNoAlignment);
}

TEST_F(AnalysisTest, DigitalSilenceIs20001AndWhatIsHardlyMoreIs20402) {
  EXPECT_EQ(code_of(samples(48000, 0)), Code::kNoSpeech);
  EXPECT_EQ(code_of(samples(48000, 0.0005F)), Code::kTooQuiet);
}

TEST_F(AnalysisTest, QuietSpeechIsAnalysedAndItsStatusKept) {
  Recording quiet = **cards_;
  for (float& sample : quiet.samples) sample /= 128;
  const Result<Analysis> analysis = (*analyser_)->analyse(quiet, text("Ten of clubs."));
  ASSERT_TRUE(analysis.ok()) << analysis.status().message();
  EXPECT_EQ(analysis->audio_status.code(), Code::kTooQuiet);
  EXPECT_FALSE(analysis->alignment.events().empty());
}

TEST_F(AnalysisTest, ADeadlineThatHasPassedIs503) {
  const Deadline passed(Deadline::Clock::now());
  EXPECT_EQ((*analyser_)->analyse(**cards_, text("Ten of clubs."), passed).status().code(),
            Code::kTimeout);
}

TEST(AnalyserFiles, AMissingModelIs40051) {
  EXPECT_EQ(Analyser::load("/nowhere").status().code(), Code::kKernelUnavailable);
}

}  // namespace
}  // namespace saywell
