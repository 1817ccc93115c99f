#include "cli/assessment_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "format/testing/sample_assessment.h"

namespace saywell::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string plain(const Assessment& assessment, const Presentation& presentation = {}) {
  return assessment_table(assessment, "We like tea now.", presentation, false);
}

TEST(AssessmentTable, HasTheScoresOfTheJson) {
  const std::string table = plain(sample_assessment("en.sent.score"));
  EXPECT_THAT(table, HasSubstr("We like tea now.  en.sent.score\n"));
  EXPECT_THAT(table, HasSubstr("  overall      61  ████████████░░░░░░░░\n"));
  EXPECT_THAT(table, HasSubstr("pauses 100, 131 words a minute"));
  EXPECT_THAT(table, HasSubstr("stress 80, sense groups 90, tone 100"));
  EXPECT_THAT(plain(sample_assessment("en.sent.score"), {100, 0.1}),
              HasSubstr("  overall    61.3  "));
  EXPECT_THAT(plain(sample_assessment("en.sent.score"), {4, 0.1}),
              HasSubstr("  overall       2  "));
}

TEST(AssessmentTable, SaysWhatWasHeardWhereItDiffers) {
  const std::string table = plain(sample_assessment("en.sent.score"));
  EXPECT_THAT(table, HasSubstr("  We         98   w iy\n"));
  EXPECT_THAT(table, HasSubstr("  like       63   l ay+ah k>t(12)\n"));
  EXPECT_THAT(table, HasSubstr("  tea         0    omitted\n"));
  EXPECT_THAT(table, HasSubstr("  added: ah\n"));
  EXPECT_THAT(table, HasSubstr("another word was said: dh eh n\n"));
  EXPECT_THAT(plain(sample_assessment("en.sent.score"), {100, 1, Alphabet::kIpa}),
              HasSubstr("l aɪ+ʌ k>t(12)"));
}

TEST(AssessmentTable, TellsTheAudioAndTheTime) {
  const std::string table = plain(sample_assessment("en.sent.score"));
  EXPECT_THAT(
      table, HasSubstr("  audio  read incompletely  -23.5 dBFS, -24.0 LUFS, signal to noise 31 dB, "
                       "0.0 % clipped\n"));
  EXPECT_THAT(table, HasSubstr("  time   2.50 s of audio in 62 ms  41 x real time\n"));
}

TEST(AssessmentTable, OfSeveralSentencesHasTheScoreOfEach) {
  Assessment assessment = sample_assessment("en.pred.score");
  assessment.sentences = {assessment.sentences[0], assessment.sentences[0]};
  assessment.sentences[0].end_word = assessment.sentences[1].first_word = 2;
  const std::string table = plain(assessment);
  const std::size_t second = table.rfind("  sentence ");
  EXPECT_LT(table.find("  sentence "), table.find("  We  "));
  EXPECT_LT(table.find("  like  "), second);
  EXPECT_LT(second, table.find("  tea  "));
}

TEST(AssessmentTable, HasColoursOnlyWhenAsked) {
  const Assessment assessment = sample_assessment("en.sent.score");
  EXPECT_THAT(plain(assessment), Not(HasSubstr("\x1b")));
  const std::string coloured = assessment_table(assessment, "x", {}, true);
  EXPECT_THAT(coloured, HasSubstr("\x1b[38;2;0;255;0mw\x1b[0m"));
  EXPECT_THAT(coloured, HasSubstr("\x1b[38;2;255;0;0mk>t(12)\x1b[0m"));
  EXPECT_THAT(coloured, HasSubstr("\x1b[38;2;255;106;0m"));
}

TEST(AssessmentTable, WithoutPitchHasNoRhythm) {
  Assessment assessment = sample_assessment("en.sent.score");
  assessment.scores.rhythm.reset();
  EXPECT_THAT(plain(assessment), HasSubstr("no pitch was found"));
}

TEST(WantsColour, FollowsTheOptionBeforeTheSurroundings) {
  setenv("NO_COLOR", "1", 1);
  EXPECT_TRUE(wants_colour("always"));
  EXPECT_FALSE(wants_colour("auto"));
  EXPECT_FALSE(wants_colour("never"));
  unsetenv("NO_COLOR");
}

}  // namespace
}  // namespace saywell::cli
