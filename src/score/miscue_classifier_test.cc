#include "score/miscue_classifier.h"

#include <gmock/gmock.h>

#include "align/testing/synthetic_alignment.h"
#include "onnx/testing/model_folder.h"
#include "score/feature_schema.h"
#include "score/gap_features.h"
#include "score/testing/synthetic_reading.h"

namespace saywell {
namespace {

using testing::HasSubstr;

TEST(MiscueClassifier, AnswersProbabilitiesOfEveryWordAndGap) {
  const Result<MiscueClassifier> classifier = MiscueClassifier::load(tested_model_dir());
  ASSERT_TRUE(classifier.ok()) << classifier.status().message();
  const SyntheticReading reading = synthetic_reading(
      "W IY K AO L P EH N IH T", "W IY|K AO L|IH T",
      {said(0, {0, 6}), said(1, {6, 15}), other_speech(2, {15, 24}), said(2, {24, 30})});
  const ScorerInputs inputs = make_scorer_inputs(reading.alignment, reading.chunks(),
                                                 reading.posteriors, reading.prosody, 0, 3);
  const Result<MiscueProbabilities> answer =
      classifier->classify(inputs, make_gap_features(reading.alignment, reading.chunks(),
                                                     reading.posteriors, inputs.word_tokens));
  ASSERT_TRUE(answer.ok()) << answer.status().message();
  ASSERT_EQ(answer->words.size(), 3U);
  ASSERT_EQ(answer->insertions.size(), 4U);
  for (const WordMiscues& word : answer->words) {
    EXPECT_NEAR(word.read + word.omission + word.substitution, 1, 1e-5);
    EXPECT_TRUE(word.repetition >= 0 && word.repetition <= 1) << word.repetition;
  }
  for (const double insertion : answer->insertions)
    EXPECT_TRUE(insertion >= 0 && insertion <= 1) << insertion;
  EXPECT_EQ(*std::ranges::max_element(answer->insertions), answer->insertions[2])
      << "where other speech was";
}

TEST(MiscueClassifier, AModelOfAnotherFeatureSchemaIsRefused) {
  const std::string other_hash(feature_schema_hash().size(), 'f');
  const ChangedModel other("miscues.onnx", feature_schema_hash(), other_hash);
  const Result<MiscueClassifier> classifier = MiscueClassifier::load(other.folder());
  EXPECT_EQ(classifier.status().code(), Code::kKernelUnavailable);
  EXPECT_THAT(classifier.status().message(), HasSubstr(other_hash));
  EXPECT_THAT(classifier.status().message(), HasSubstr("miscues.onnx"));
}

}  // namespace
}  // namespace saywell
