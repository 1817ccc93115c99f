#include "assess/token_beliefs.h"

#include <gtest/gtest.h>

#include "align/testing/synthetic_alignment.h"
#include "align/testing/synthetic_posteriors.h"

namespace saywell {
namespace {

constexpr auto kOpen = TokenBelief::kOpen, kUnread = TokenBelief::kUnread,
               kOmitted = TokenBelief::kOmitted, kRead = TokenBelief::kRead;

// "W IY|K AO L|IH T" where `heard` was said, with these frames of its tokens.
Alignment alignment_of(std::string_view heard, const std::vector<PathEvent>& events) {
  return synthetic_alignment(synthetic_posteriors(heard), "W IY|K AO L|IH T", events);
}

// The whole text read, and with nothing said in the place of its second token.
Alignment all_said() {
  return alignment_of("W IY K AO L IH T", {said(0, {0, 6}), said(1, {6, 15}), said(2, {15, 21})});
}
Alignment second_unsaid() {
  return alignment_of("W IY - IH T", {said(0, {0, 6}), said(1, {6, 9}), said(2, {9, 15})});
}

// The classifier's probabilities that the tokens were read.
TextMiscueProbabilities classified(const std::vector<double>& read) {
  TextMiscueProbabilities probabilities;
  for (const double probability : read)
    probabilities.tokens.push_back({probability, 1 - probability});
  probabilities.insertions.assign(read.size() + 1, 0.0);
  return probabilities;
}

TEST(TokenBeliefs, AReadTextIsNotSearchedAgain) {
  EXPECT_TRUE(token_beliefs(all_said(), classified({0.99, 0.99, 0.99})).empty());
}

TEST(TokenBeliefs, OfATokenPassedOverTheClassifierSaysWhetherSomethingElseWasSaid) {
  const Alignment alignment = alignment_of("W IY IH T", {said(0, {0, 6}), said(2, {6, 12})});
  TextMiscueProbabilities probabilities = classified({0.99, 0, 0.6});
  EXPECT_EQ(token_beliefs(alignment, probabilities),
            (std::vector<TokenBelief>{kRead, kOmitted, kOpen}));
  probabilities.insertions[1] = 0.3;
  EXPECT_EQ(token_beliefs(alignment, probabilities),
            (std::vector<TokenBelief>{kRead, kUnread, kOpen}));
}

TEST(TokenBeliefs, OtherSpeechBesideADoubtfulTokenWasProbablySaidInsteadOfIt) {
  TextMiscueProbabilities probabilities = classified({0.99, 0.05, 0.99});
  EXPECT_TRUE(token_beliefs(all_said(), probabilities).empty());
  probabilities.insertions[2] = 0.9;
  EXPECT_EQ(token_beliefs(all_said(), probabilities),
            (std::vector<TokenBelief>{kRead, kUnread, kRead}));
}

TEST(TokenBeliefs, TheEvidenceOfTheFramesMovesWhatTheClassifierSays) {
  const TextMiscueProbabilities doubtful = classified({0.99, 0.6, 0.99});
  EXPECT_TRUE(token_beliefs(all_said(), doubtful).empty());
  EXPECT_EQ(token_beliefs(second_unsaid(), doubtful),
            (std::vector<TokenBelief>{kRead, kUnread, kRead}));
}

TEST(TokenBeliefs, OfTwoNeighboursTheWorseIsUnread) {
  EXPECT_EQ(token_beliefs(second_unsaid(), classified({0.99, 0.2, 0.3})),
            (std::vector<TokenBelief>{kRead, kUnread, kOpen}));
}

}  // namespace
}  // namespace saywell
