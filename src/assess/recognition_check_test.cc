#include "assess/recognition_check.h"

#include <gtest/gtest.h>

#include "align/testing/synthetic_alignment.h"
#include "assess/testing/synthetic_analysis.h"

namespace saywell {
namespace {

constexpr const char* kTokens = "W IY|K AO L|IH T";

// The status of the text where `heard` was said; the recording ends in samples of `end`.
Status checked(std::string_view heard, const std::vector<PathEvent>& events, float end = 0) {
  const Analysis analysis = synthetic_analysis(heard, kTokens, events);
  const Miscues miscues = find_miscues(analysis.posteriors, analysis.alignment, everything_read(3));
  return check_recognition(analysis, miscues, std::vector<float>(16000, end));
}

TEST(RecognitionCheck, TheTextItselfIsRecognised) {
  EXPECT_TRUE(
      checked("W IY K AO L IH T", {said(0, {0, 6}), said(1, {6, 15}), said(2, {15, 21})}).ok());
}

TEST(RecognitionCheck, HalfOfTheTextIsRecognised) {
  EXPECT_TRUE(checked("W IY K AO L", {said(0, {0, 6}), said(1, {6, 15})}).ok());
}

TEST(RecognitionCheck, AnotherTextIs20302) {
  const Status status =
      checked("S P EH N D Z B AH T M AY",
              {said_instead(0, {0, 9}), said_instead(1, {9, 21}), said_instead(2, {21, 33})});
  EXPECT_EQ(status.code(), Code::kNothingRecognised);
}

TEST(RecognitionCheck, OtherSpeechCountsAgainstTheText) {
  const Status status =
      checked("W IY S P EH N D Z B AH T M AY", {said(0, {0, 6}), other_speech(1, {6, 39})});
  EXPECT_EQ(status.code(), Code::kNothingRecognised);
}

TEST(RecognitionCheck, NothingFoundIs20302) {
  EXPECT_EQ(checked("- -", {}).code(), Code::kNothingRecognised);
}

// -20 dBFS, the speech level of the analysis.
constexpr float kLoud = 0.1F;

TEST(RecognitionCheck, LoudSpeechThatEndsInsideAWordIs20300) {
  const std::vector<PathEvent> events = {said(0, {0, 6}), said(1, {6, 15}), said(2, {15, 21})};
  EXPECT_EQ(checked("W IY K AO L IH -", events, kLoud).code(), Code::kRecognitionFailed);
  EXPECT_TRUE(checked("W IY K AO L IH -", events, 0).ok()) << "it faded away";
  EXPECT_TRUE(checked("W IY K AO L IH T", events, kLoud).ok()) << "the word is whole";
}

}  // namespace
}  // namespace saywell
