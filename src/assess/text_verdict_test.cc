#include "assess/text_verdict.h"

#include <gtest/gtest.h>

namespace saywell {
namespace {

ScoredPart part_of(std::size_t first, std::size_t end, std::vector<std::size_t> words,
                   ReadingVerdict verdict) {
  ScoredPart part;
  part.part = {first, end};
  part.inputs.word_tokens = std::move(words);
  part.verdict = std::move(verdict);
  return part;
}

// Words read with these probabilities, gaps with those.
ReadingVerdict verdict_of(const std::vector<double>& read, std::vector<double> put_in) {
  ReadingVerdict verdict;
  for (const double probability : read) verdict.words.push_back({probability, 1 - probability});
  verdict.put_in = std::move(put_in);
  return verdict;
}

TEST(TextVerdict, ATokenWithoutRowsWasLeftOutAndTheGapAroundItIsOne) {
  const TextVerdict whole =
      join_verdicts({part_of(0, 3, {0, 2}, verdict_of({0.9, 0.8}, {0.1, 0.5, 0.2}))}, 3);
  EXPECT_EQ(whole.tokens[0].read, 0.9);
  EXPECT_EQ(whole.tokens[1].read, 0);
  EXPECT_EQ(whole.tokens[1].left_out, 1);
  EXPECT_EQ(whole.tokens[2].read, 0.8);
  EXPECT_EQ(whole.put_in, (std::vector<double>{0.1, 0.5, 0.5, 0.2}));
}

TEST(TextVerdict, WhereTwoPartsMeetTheSurerCounts) {
  const TextVerdict whole = join_verdicts({part_of(0, 1, {0}, verdict_of({0.9}, {0.1, 0.3})),
                                           part_of(1, 2, {1}, verdict_of({0.9}, {0.6, 0.2}))},
                                          2);
  EXPECT_EQ(whole.put_in, (std::vector<double>{0.1, 0.6, 0.2}));
}

TEST(TextVerdict, APartOfWhichNothingWasReadTellsNothing) {
  const TextVerdict whole =
      join_verdicts({part_of(0, 1, {}, {}), part_of(1, 2, {1}, verdict_of({0.9}, {0.4, 0.2}))}, 2);
  EXPECT_EQ(whole.tokens[0].left_out, 1);
  EXPECT_EQ(whole.put_in, (std::vector<double>{0, 0.4, 0.2}));
}

}  // namespace
}  // namespace saywell
