#include "assess/text_miscue_probabilities.h"

#include <gtest/gtest.h>

namespace saywell {
namespace {

ScoredPart part_of(std::size_t first, std::size_t end, std::vector<std::size_t> words,
                   MiscueProbabilities miscues) {
  ScoredPart part;
  part.part = {first, end};
  part.inputs.word_tokens = std::move(words);
  part.miscues = std::move(miscues);
  return part;
}

// Words read with these probabilities, insertions in the gaps with those.
MiscueProbabilities probabilities(const std::vector<double>& read, std::vector<double> insertions) {
  MiscueProbabilities miscues;
  for (const double probability : read) miscues.words.push_back({probability, 1 - probability});
  miscues.insertions = std::move(insertions);
  return miscues;
}

TEST(TextMiscueProbabilities, ATokenWithoutFramesWasOmittedAndTheGapAroundItIsOne) {
  const TextMiscueProbabilities whole = join_miscue_probabilities(
      {part_of(0, 3, {0, 2}, probabilities({0.9, 0.8}, {0.1, 0.5, 0.2}))}, 3);
  EXPECT_EQ(whole.tokens[0].read, 0.9);
  EXPECT_EQ(whole.tokens[1].read, 0);
  EXPECT_EQ(whole.tokens[1].omission, 1);
  EXPECT_EQ(whole.tokens[2].read, 0.8);
  EXPECT_EQ(whole.insertions, (std::vector<double>{0.1, 0.5, 0.5, 0.2}));
}

TEST(TextMiscueProbabilities, WhereTwoPartsMeetTheSurerCounts) {
  const TextMiscueProbabilities whole =
      join_miscue_probabilities({part_of(0, 1, {0}, probabilities({0.9}, {0.1, 0.3})),
                                 part_of(1, 2, {1}, probabilities({0.9}, {0.6, 0.2}))},
                                2);
  EXPECT_EQ(whole.insertions, (std::vector<double>{0.1, 0.6, 0.2}));
}

TEST(TextMiscueProbabilities, APartOfWhichNothingWasReadAddsNothing) {
  const TextMiscueProbabilities whole = join_miscue_probabilities(
      {part_of(0, 1, {}, {}), part_of(1, 2, {1}, probabilities({0.9}, {0.4, 0.2}))}, 2);
  EXPECT_EQ(whole.tokens[0].omission, 1);
  EXPECT_EQ(whole.insertions, (std::vector<double>{0, 0.4, 0.2}));
}

}  // namespace
}  // namespace saywell
