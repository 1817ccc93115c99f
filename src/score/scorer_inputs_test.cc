// The contract with the training: rows, their words, and the source of each feature.
#include "score/scorer_inputs.h"

#include <gmock/gmock.h>

#include <cmath>

#include "align/testing/synthetic_alignment.h"
#include "score/feature_row.h"
#include "score/testing/synthetic_reading.h"

namespace saywell {
namespace {

using testing::ElementsAre;

ScorerInputs inputs_of(const SyntheticReading& reading, std::size_t first, std::size_t end) {
  return make_scorer_inputs(reading.alignment, reading.chunks(), reading.posteriors,
                            reading.prosody, first, end);
}

// "W IY|K AO L|IH T" read correctly, each phone in three frames.
SyntheticReading plain_reading() {
  return synthetic_reading("W IY K AO L IH T", "W IY|K AO L|IH T",
                           {said(0, {0, 6}), said(1, {6, 15}), said(2, {15, 21})});
}

// As measured, not scaled.
float phone_feature(const ScorerInputs& inputs, std::size_t phone,
                    FeatureName<kPhoneFeatures> name) {
  return inputs.phone_features[phone * kPhoneRowSize + name.offset()] *
         static_cast<float>(name.feature().scale);
}

float reading_feature(const ScorerInputs& inputs, FeatureName<kReadingFeatures> name) {
  return inputs.reading_features[name.offset()] * static_cast<float>(name.feature().scale);
}

TEST(ScorerInputs, OneRowPerPhoneThatWasSaidAndEveryFeatureIsSet) {
  const ScorerInputs inputs = inputs_of(plain_reading(), 0, 3);
  EXPECT_THAT(inputs.phone_indices, ElementsAre(0, 1, 2, 3, 4, 5, 6));
  EXPECT_THAT(inputs.phone_words, ElementsAre(0, 0, 1, 1, 1, 2, 2));
  EXPECT_THAT(inputs.word_tokens, ElementsAre(0, 1, 2));
  EXPECT_EQ(inputs.phone_ids.front(), *parse_arpabet("W"));
  ASSERT_EQ(inputs.phone_features.size(), 7 * kPhoneRowSize);
  ASSERT_EQ(inputs.reading_features.size(), kReadingRowSize);
  for (const float feature : inputs.phone_features) ASSERT_TRUE(std::isfinite(feature));
  for (const float feature : inputs.reading_features) ASSERT_TRUE(std::isfinite(feature));
}

TEST(ScorerInputs, AnOmittedTokenHasNoRowsAndLeavesTheIndicesOfTheOthers) {
  const ScorerInputs inputs = inputs_of(
      synthetic_reading("W IY IH T", "W IY|K AO L|IH T", {said(0, {0, 6}), said(2, {6, 12})}), 0,
      3);
  EXPECT_THAT(inputs.phone_indices, ElementsAre(0, 1, 5, 6));
  EXPECT_THAT(inputs.phone_words, ElementsAre(0, 0, 1, 1));
  EXPECT_THAT(inputs.word_tokens, ElementsAre(0, 2));
  EXPECT_NEAR(reading_feature(inputs, "omissions_per_token"), 1.0 / 3, 1e-6);
}

TEST(ScorerInputs, APartCountsPhonesFromTheWholeTextAndWordsFromItsOwn) {
  const ScorerInputs inputs = inputs_of(plain_reading(), 1, 3);
  EXPECT_THAT(inputs.phone_indices, ElementsAre(2, 3, 4, 5, 6));
  EXPECT_THAT(inputs.phone_words, ElementsAre(0, 0, 0, 1, 1));
  EXPECT_THAT(inputs.word_tokens, ElementsAre(1, 2));
  EXPECT_FLOAT_EQ(phone_feature(inputs, 0, "is_first_in_part"), 1);
  EXPECT_FLOAT_EQ(phone_feature(inputs, 1, "is_first_in_part"), 0);
  EXPECT_FLOAT_EQ(phone_feature(inputs, 4, "is_last_in_part"), 1);
  EXPECT_FLOAT_EQ(phone_feature(inputs, 0, "pause_before"), 0) << "what was before is another part";
}

TEST(ScorerInputs, AnOmittedTokenAtAnEndOfThePartLeavesItTheEnd) {
  const ScorerInputs inputs = inputs_of(
      synthetic_reading("W IY K AO L", "W IY|K AO L|IH T", {said(0, {0, 6}), said(1, {6, 15})}), 0,
      3);
  EXPECT_FLOAT_EQ(phone_feature(inputs, 4, "is_last_in_part"), 0);
}

TEST(ScorerInputs, APhoneIsHeardInItsWindowAndAtItsPeak) {
  const ScorerInputs inputs = inputs_of(plain_reading(), 0, 3);
  // K: frames 6 to 9, peak 7, its window from halfway to halfway, 5 to 9.
  EXPECT_FLOAT_EQ(phone_feature(inputs, 2, "peak_embedding"), 7);
  EXPECT_NEAR(phone_feature(inputs, 2, "mean_embedding"), 7, 0.5);
  EXPECT_FLOAT_EQ(phone_feature(inputs, 2, "frames_from_middle_to_peak"), 0);
  EXPECT_NEAR(phone_feature(inputs, 2, "log_frames"), std::log(3), 1e-6);
  EXPECT_NEAR(phone_feature(inputs, 2, "peak_log_posterior"), std::log(0.95), 1e-6);
  const std::size_t of_k = offset_of<kPhoneFeatures>("log_highest_ctc") + 1 + *parse_arpabet("K");
  EXPECT_NEAR(inputs.phone_features[2 * kPhoneRowSize + of_k], std::log(0.95 + 1e-4), 1e-6);
}

TEST(ScorerInputs, PlacesAndStressAreThoseOfTheText) {
  const ScorerInputs inputs = inputs_of(plain_reading(), 0, 3);
  EXPECT_FLOAT_EQ(phone_feature(inputs, 2, "is_first_in_token"), 1);
  EXPECT_FLOAT_EQ(phone_feature(inputs, 3, "is_first_in_token"), 0);
  EXPECT_FLOAT_EQ(phone_feature(inputs, 4, "is_last_in_token"), 1);
  EXPECT_FLOAT_EQ(phone_feature(inputs, 4, "place_in_token"), 2);
  EXPECT_FLOAT_EQ(phone_feature(inputs, 4, "token_phones"), 3);
  EXPECT_FLOAT_EQ(phone_feature(inputs, 3, "is_vowel"), 1);
  EXPECT_FLOAT_EQ(phone_feature(inputs, 3, "has_primary_stress"), 1);
  EXPECT_FLOAT_EQ(phone_feature(inputs, 2, "has_primary_stress"), 0);
}

TEST(ScorerInputs, APauseIsBesideBothPhonesAndInThePace) {
  // Twelve frames of silence, 0.288 s, between the first two words.
  const ScorerInputs inputs =
      inputs_of(synthetic_reading("W IY - - - - K AO L IH T", "W IY|K AO L|IH T",
                                  {said(0, {0, 6}), said(1, {18, 27}), said(2, {27, 33})}),
                0, 3);
  EXPECT_NEAR(phone_feature(inputs, 1, "pause_after"), 0.288, 1e-6);
  EXPECT_NEAR(phone_feature(inputs, 2, "pause_before"), 0.288, 1e-6);
  EXPECT_NEAR(phone_feature(inputs, 3, "pause_before"), 0, 1e-6);
  EXPECT_NEAR(reading_feature(inputs, "longest_pause"), 0.288, 1e-6);
  EXPECT_NEAR(reading_feature(inputs, "pauses_per_token"), 1.0 / 3, 1e-6);
  EXPECT_NEAR(reading_feature(inputs, "pause_share"), 12.0 / 33, 1e-6);
  EXPECT_NEAR(reading_feature(inputs, "phones_per_second"), 7 / (33 * 0.024), 1e-4);
}

TEST(ScorerInputs, OtherSpeechAndEarlierAttemptsCountBesideATokenAndInTheReading) {
  const ScorerInputs inputs =
      inputs_of(synthetic_reading("W IY K AO L K AO L P EH IH T", "W IY|K AO L|IH T",
                                  {said(0, {0, 6}), said(1, {6, 15}), said(1, {15, 24}),
                                   other_speech(2, {24, 30}), said(2, {30, 36})}),
                0, 3);
  EXPECT_THAT(inputs.phone_indices, ElementsAre(0, 1, 2, 3, 4, 5, 6)) << "the last attempt alone";
  EXPECT_FLOAT_EQ(phone_feature(inputs, 2, "other_phones_after"), 2);
  EXPECT_FLOAT_EQ(phone_feature(inputs, 5, "other_phones_before"), 2);
  EXPECT_FLOAT_EQ(phone_feature(inputs, 0, "other_phones_after"), 0);
  EXPECT_NEAR(reading_feature(inputs, "earlier_attempts_per_token"), 1.0 / 3, 1e-6);
  EXPECT_NEAR(reading_feature(inputs, "other_speech_per_token"), 1.0 / 3, 1e-6);
}

}  // namespace
}  // namespace saywell
