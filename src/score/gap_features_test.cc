#include "score/gap_features.h"

#include <gtest/gtest.h>

#include <cmath>

#include "align/testing/synthetic_alignment.h"
#include "score/feature_row.h"
#include "score/testing/synthetic_reading.h"

namespace saywell {
namespace {

// The features of the gaps of "W IY|K AO L|IH T", of which `heard` was said, found as `events`.
class Gaps {
 public:
  Gaps(std::string_view heard, const std::vector<PathEvent>& events) {
    const SyntheticReading reading = synthetic_reading(heard, "W IY|K AO L|IH T", events);
    std::vector<std::size_t> words;
    for (std::size_t token = 0; token < reading.alignment.token_count(); ++token) {
      if (reading.alignment.is_matched(token)) words.push_back(token);
    }
    features_ = make_gap_features(reading.alignment, reading.chunks(), reading.posteriors, words);
    EXPECT_EQ(features_.size(), (words.size() + 1) * kGapRowSize);
    for (const float feature : features_) EXPECT_TRUE(std::isfinite(feature));
  }

  std::size_t size() const { return features_.size() / kGapRowSize; }
  // As measured, not scaled.
  float at(std::size_t gap, FeatureName<kGapFeatures> name) const {
    return features_[gap * kGapRowSize + name.offset()] * static_cast<float>(name.feature().scale);
  }

 private:
  std::vector<float> features_;
};

TEST(GapFeatures, SayWhatWasHeardBetweenWords) {
  const Gaps gaps("W IY K AO L P EH N IH T", {said(0, {0, 6}), said(1, {6, 15}),
                                              other_speech(2, {15, 24}), said(2, {24, 30})});
  ASSERT_EQ(gaps.size(), 4U);
  EXPECT_FLOAT_EQ(gaps.at(2, "decoded_phones"), 3);
  EXPECT_FLOAT_EQ(gaps.at(2, "decoded_vowels"), 1);
  EXPECT_FLOAT_EQ(gaps.at(2, "other_speech_events"), 1);
  EXPECT_NEAR(gaps.at(2, "surest_phone"), 0.95, 1e-6);
  for (const std::size_t empty : {0U, 1U, 3U}) {
    EXPECT_FLOAT_EQ(gaps.at(empty, "decoded_phones"), 0) << empty;
    EXPECT_FLOAT_EQ(gaps.at(empty, "other_speech_events"), 0) << empty;
    EXPECT_LT(gaps.at(empty, "gap_evidence"), gaps.at(2, "gap_evidence")) << empty;
  }
}

TEST(GapFeatures, CountEarlierAttemptsAndOmittedWords) {
  const Gaps repeated("W IY K AO L K AO L IH T",
                      {said(0, {0, 6}), said(1, {6, 15}), said(1, {15, 24}), said(2, {24, 30})});
  ASSERT_EQ(repeated.size(), 4U);
  EXPECT_FLOAT_EQ(repeated.at(1, "earlier_attempts"), 1);
  EXPECT_FLOAT_EQ(repeated.at(2, "earlier_attempts"), 0);
  const Gaps omitted("W IY IH T", {said(0, {0, 6}), said(2, {6, 12})});
  ASSERT_EQ(omitted.size(), 3U);
  EXPECT_FLOAT_EQ(omitted.at(1, "omitted_tokens"), 1);
  EXPECT_FLOAT_EQ(omitted.at(0, "omitted_tokens"), 0);
}

TEST(GapFeatures, TheFirstAndTheLastGapHaveOneSide) {
  const Gaps gaps("- W IY K AO L IH T -", {said(0, {3, 9}), said(1, {9, 18}), said(2, {18, 24})});
  EXPECT_FLOAT_EQ(gaps.at(0, "is_at_start"), 1);
  EXPECT_FLOAT_EQ(gaps.at(1, "is_at_start"), 0);
  EXPECT_FLOAT_EQ(gaps.at(2, "is_at_end"), 0);
  EXPECT_FLOAT_EQ(gaps.at(3, "is_at_end"), 1);
  EXPECT_FLOAT_EQ(gaps.at(0, "distance_from_before"), 1) << "nothing to compare";
}

TEST(GapFeatures, TheSilenceOfAPauseIsNoSpeech) {
  const Gaps gaps("W IY - - - K AO L IH T", {said(0, {0, 6}), said(1, {6, 24}), said(2, {24, 30})});
  EXPECT_FLOAT_EQ(gaps.at(1, "is_empty"), 0);
  EXPECT_GT(gaps.at(1, "log1p_silent_frames"), gaps.at(1, "log1p_spoken_frames"));
  EXPECT_FLOAT_EQ(gaps.at(1, "decoded_phones"), 0);
}

}  // namespace
}  // namespace saywell
