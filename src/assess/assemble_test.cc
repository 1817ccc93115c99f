#include "assess/assemble.h"

#include <gtest/gtest.h>

namespace saywell {
namespace {

// A word of two phones that was told as left out, and what the first search's scores do to it.
WordResult left_out_word_with(double accuracy, std::vector<double> phone_scores) {
  std::vector<WordResult> words(1);
  words[0].miscue = Miscue::kOmission;
  words[0].phones.resize(2);
  ScoredPart part;
  part.inputs.word_tokens = {0};
  part.inputs.phone_words.assign(phone_scores.size(), 0);
  part.scores.phones = std::move(phone_scores);
  part.scores.words.push_back({accuracy, 95, accuracy + 1});
  score_doubtful_words({part}, words);
  return words[0];
}

TEST(DoubtfulWords, KeepWhatTheFirstSearchHeard) {
  const WordResult word = left_out_word_with(40, {30, 60});
  EXPECT_EQ(word.miscue, Miscue::kOmission);
  EXPECT_EQ(word.score, 40);
  EXPECT_EQ(word.total, 41);
  EXPECT_EQ(word.stress_score, 95);
  EXPECT_EQ(word.phones[0].score, 30);
  EXPECT_EQ(word.phones[1].score, 60);
}

TEST(DoubtfulWords, AWordOfWhichNothingWasHeardStaysAtZero) {
  const WordResult word = left_out_word_with(20, {30, 10});
  EXPECT_EQ(word.score, 0);
  EXPECT_EQ(word.phones[0].score, 0);
}

TEST(DoubtfulWords, PhonesOfAnotherPronunciationAreNotTakenOver) {
  const WordResult word = left_out_word_with(40, {30, 60, 50});
  EXPECT_EQ(word.score, 40);
  EXPECT_EQ(word.phones[0].score, 0);
}

}  // namespace
}  // namespace saywell
