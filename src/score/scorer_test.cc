#include "score/scorer.h"

#include <gmock/gmock.h>

#include "align/testing/synthetic_alignment.h"
#include "onnx/testing/model_folder.h"
#include "score/feature_schema.h"
#include "score/testing/synthetic_reading.h"

namespace saywell {
namespace {

using testing::HasSubstr;

ScorerInputs inputs_of(const SyntheticReading& reading) {
  return make_scorer_inputs(reading.alignment, reading.chunks(), reading.posteriors,
                            reading.prosody, 0, reading.alignment.token_count());
}

TEST(Scorer, AnswersEveryPhoneWordAndTheSentenceOnTheScaleOf100) {
  const Result<Scorer> scorer = Scorer::load(tested_model_dir());
  ASSERT_TRUE(scorer.ok()) << scorer.status().message();
  EXPECT_THAT(scorer->name(), HasSubstr("saywell-heads"));
  const Result<Scores> scores = scorer->score(
      inputs_of(synthetic_reading("W IY K AO L IH T", "W IY|K AO L|IH T",
                                  {said(0, {0, 6}), said(1, {6, 15}), said(2, {15, 21})})));
  ASSERT_TRUE(scores.ok()) << scores.status().message();
  ASSERT_EQ(scores->phones.size(), 7U);
  ASSERT_EQ(scores->words.size(), 3U);
  for (const double phone : scores->phones) EXPECT_TRUE(phone >= 0 && phone <= 100) << phone;
  for (const WordScores& word : scores->words) {
    for (const double score : {word.accuracy, word.stress, word.total})
      EXPECT_TRUE(score >= 0 && score <= 100) << score;
  }
  EXPECT_GT(scores->sentence.total, 0);
  EXPECT_LE(scores->sentence.total, 100);
}

TEST(Scorer, APhoneThatWasNotSaidScoresLessThanTheSamePhoneSaid) {
  const Result<Scorer> scorer = Scorer::load(tested_model_dir());
  ASSERT_TRUE(scorer.ok()) << scorer.status().message();
  const auto scores_of = [&](std::string_view heard) {
    return scorer
        ->score(inputs_of(synthetic_reading(
            heard, "W IY|K AO L|IH T", {said(0, {0, 6}), said(1, {6, 15}), said(2, {15, 21})})))
        .value();
  };
  const Scores right = scores_of("W IY K AO L IH T"), wrong = scores_of("W IY S EH SH IH T");
  for (const std::size_t phone : {2U, 3U, 4U})
    EXPECT_LT(wrong.phones[phone], right.phones[phone]) << phone;
  EXPECT_LT(wrong.words[1].accuracy, right.words[1].accuracy);
}

TEST(Scorer, AMissingModelIs40051NamingIt) {
  const Result<Scorer> scorer = Scorer::load("/nowhere");
  EXPECT_EQ(scorer.status().code(), Code::kKernelUnavailable);
  EXPECT_THAT(scorer.status().message(), HasSubstr("/nowhere/scorer.onnx"));
}

TEST(Scorer, AModelWithOtherInputsIsNoScorer) {
  const ChangedModel other("scorer.onnx", "phone_ids", "phone_idz");
  const Result<Scorer> scorer = Scorer::load(other.folder());
  EXPECT_EQ(scorer.status().code(), Code::kKernelUnavailable);
  EXPECT_THAT(scorer.status().message(), HasSubstr("is not a scorer"));
}

TEST(Scorer, AModelOfAnotherFeatureSchemaIsRefusedWithBothHashes) {
  const std::string other_hash(feature_schema_hash().size(), 'f');
  const ChangedModel other("scorer.onnx", feature_schema_hash(), other_hash);
  const Result<Scorer> scorer = Scorer::load(other.folder());
  EXPECT_EQ(scorer.status().code(), Code::kKernelUnavailable);
  EXPECT_THAT(scorer.status().message(), HasSubstr(other_hash));
  EXPECT_THAT(scorer.status().message(), HasSubstr(feature_schema_hash()));
  EXPECT_THAT(scorer.status().message(), HasSubstr("make train"));
}

}  // namespace
}  // namespace saywell
