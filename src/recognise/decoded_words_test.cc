#include "recognise/decoded_words.h"

#include <gtest/gtest.h>

#include "recognise/test_models.h"

namespace saywell {
namespace {

TEST(DecodedText, EveryStretchHasTheLogProbOfItsTokens) {
  Hypothesis hypothesis;
  hypothesis.tokens = test_vocabulary().text_to_tokens("I grabbed it.");
  // ▁I ▁gr ab bed ▁it . and the end
  hypothesis.log_probs = {-0.1F, -0.2F, -0.6F, -0.1F, -0.3F, -0.5F, -0.7F};
  ASSERT_EQ(hypothesis.tokens.size(), 6U);
  const DecodedText decoded(test_vocabulary(), hypothesis);
  ASSERT_EQ(decoded.text(), "I grabbed it.");
  EXPECT_FLOAT_EQ(decoded.lowest_log_prob(0, 1), -0.1F);
  EXPECT_FLOAT_EQ(decoded.lowest_log_prob(2, 9), -0.6F);
  EXPECT_FLOAT_EQ(decoded.lowest_log_prob(10, 12), -0.3F);
  EXPECT_FLOAT_EQ(decoded.lowest_log_prob(50, 60), 0.0F);
}

TEST(DecodedText, ACharacterOfSeveralTokensHasAllOfThem) {
  Hypothesis hypothesis;
  hypothesis.tokens = test_vocabulary().text_to_tokens("🦙");
  hypothesis.log_probs.assign(hypothesis.tokens.size() + 1, -0.25F);
  const DecodedText decoded(test_vocabulary(), hypothesis);
  EXPECT_EQ(decoded.text(), "🦙");
  EXPECT_FLOAT_EQ(decoded.lowest_log_prob(0, 4), -0.25F);
}

}  // namespace
}  // namespace saywell
