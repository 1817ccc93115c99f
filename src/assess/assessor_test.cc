// The calls of an embedding program, with the real models.
#include "saywell/assessor.h"

#include <gmock/gmock.h>

#include <cmath>
#include <cstddef>
#include <fstream>
#include <iterator>

#include "audio/media_to_pcm.h"
#include "onnx/testing/model_folder.h"

namespace saywell {
namespace {

using testing::HasSubstr;

constexpr char kCards[] = "/usr/share/pocketsphinx/test/data/cards/001.wav";  // "Ten of clubs."

class AssessorTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    assessor_ = new Result<Assessor>(Assessor::load(tested_model_dir()));
  }
  static void TearDownTestSuite() { delete assessor_; }
  void SetUp() override { ASSERT_TRUE(assessor_->ok()) << assessor_->status().message(); }

  static Result<Assessment> assess(const Request& request) {
    return (*assessor_)->assess_file(kCards, request);
  }
  static Code code_of(const Request& request) { return assess(request).status().code(); }

  static Result<Assessor>* assessor_;
};
Result<Assessor>* AssessorTest::assessor_ = nullptr;

Request request_of(std::string text) {
  Request request;
  request.ref_text = std::move(text);
  return request;
}

TEST_F(AssessorTest, AReadSentenceIsScoredWordByWord) {
  const Result<Assessment> assessment = assess(request_of("Ten of clubs."));
  ASSERT_TRUE(assessment.ok()) << assessment.status().message();
  EXPECT_EQ(assessment->core_type, "en.sent.score");
  EXPECT_THAT(assessment->model, HasSubstr("saywell-heads"));
  EXPECT_GT(assessment->scores.overall, 60);
  EXPECT_EQ(assessment->scores.integrity, 100);
  ASSERT_EQ(assessment->words.size(), 3U);
  double end_ms = 0;
  for (const WordResult& word : assessment->words) {
    EXPECT_EQ(word.miscue, Miscue::kNone) << word.text;
    ASSERT_TRUE(word.time.has_value()) << word.text;
    EXPECT_GE(word.time->start_ms, end_ms - 1e-6);
    end_ms = word.time->end_ms;
    for (const PhoneResult& phone : word.phones) EXPECT_LE(phone.score, 100);
  }
  EXPECT_LE(end_ms, assessment->audio_ms);
  EXPECT_GT(assessment->computing_ms, 0);
}

TEST_F(AssessorTest, AnOmittedWordIsReported) {
  const Result<Assessment> assessment = assess(request_of("Ten beautiful of clubs."));
  ASSERT_TRUE(assessment.ok()) << assessment.status().message();
  ASSERT_EQ(assessment->words.size(), 4U);
  EXPECT_EQ(assessment->words[1].miscue, Miscue::kOmission);
  EXPECT_FALSE(assessment->words[1].time.has_value());
  EXPECT_LT(assessment->scores.integrity, 100);
}

TEST_F(AssessorTest, FileBytesAndSamplesOfTheSameRecordingScoreTheSame) {
  const Request request = request_of("Ten of clubs.");
  std::ifstream file(kCards, std::ios::binary);
  const std::string content{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  const Result<Recording> recording = media_file_to_pcm(kCards);
  ASSERT_TRUE(recording.ok());
  const Result<Assessment> of_file = assess(request);
  const Result<Assessment> of_bytes =
      (*assessor_)->assess_bytes(std::as_bytes(std::span(content)), request);
  const Result<Assessment> of_samples = (*assessor_)->assess_samples(recording->samples, request);
  ASSERT_TRUE(of_file.ok() && of_bytes.ok() && of_samples.ok());
  EXPECT_EQ(of_file->scores.overall, of_bytes->scores.overall);
  EXPECT_EQ(of_file->scores.overall, of_samples->scores.overall);
}

TEST_F(AssessorTest, RequestsThatCannotBeMetAreRefusedByTheirCode) {
  EXPECT_EQ(code_of(request_of("")), Code::kBadParameter);
  Request unknown = request_of("Ten of clubs.");
  unknown.core_type = "xx.sent.score";
  EXPECT_EQ(code_of(unknown), Code::kBadParameter);
  Request phones = request_of("Ten of clubs.");
  phones.phones = {{"T"}};
  EXPECT_EQ(code_of(phones), Code::kBadParameter);
  EXPECT_EQ((*assessor_)->assess_file("/nowhere.wav", request_of("Ten")).status().code(),
            Code::kFileMissing);
  EXPECT_EQ((*assessor_)->assess_samples({}, request_of("Ten")).status().code(), Code::kNoSamples);
}

TEST_F(AssessorTest, ARecordingLongerThanItsCoreTypeAllowsIs40031) {
  const std::vector<float> minute(60 * kSampleRateHz, 0.1F);
  EXPECT_EQ((*assessor_)->assess_samples(minute, request_of("Ten")).status().code(),
            Code::kBadParameter);
}

TEST_F(AssessorTest, BadAudioIsRefusedStrictlyAndScoredOnAdvice) {
  const Result<Recording> recording = media_file_to_pcm(kCards);
  ASSERT_TRUE(recording.ok());
  std::vector<float> quiet = recording->samples;
  for (float& sample : quiet) sample /= 128;
  Request request = request_of("Ten of clubs.");
  EXPECT_EQ((*assessor_)->assess_samples(quiet, request).status().code(), Code::kTooQuiet);
  request.quality = QualityMode::kAdvise;
  const Result<Assessment> advised = (*assessor_)->assess_samples(quiet, request);
  ASSERT_TRUE(advised.ok()) << advised.status().message();
  EXPECT_EQ(advised->audio.tip_id, 90003);
}

TEST_F(AssessorTest, ADeadlineThatCannotBeMetIs503) {
  Request request = request_of("Ten of clubs.");
  request.deadline_ms = 0.001;
  EXPECT_EQ(code_of(request), Code::kTimeout);
}

TEST(AssessorFiles, AMissingModelIs40051) {
  const Status status = Assessor::load("/nowhere").status();
  EXPECT_EQ(status.code(), Code::kKernelUnavailable);
  EXPECT_THAT(status.message(), HasSubstr("/nowhere"));
}

}  // namespace
}  // namespace saywell
