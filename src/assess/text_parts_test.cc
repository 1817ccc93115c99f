#include "assess/text_parts.h"

#include <gtest/gtest.h>

namespace saywell {
namespace {

// A text of one sentence: `tokens` words of `phones` phones each.
ReferenceText sentence_of(std::size_t tokens, std::size_t phones) {
  Token token;
  token.readings = {{SpokenWord{"word", {{std::vector<PhoneId>(phones), {}}}, true}}};
  ReferenceText text;
  text.tokens.assign(tokens, token);
  return text;
}

TEST(Parts, ALongSentenceIsCutByItsTokensAndByItsPhones) {
  const CoreType paragraph = choose_core_type("en.pred.score", 3).value();
  EXPECT_EQ(parts_of(sentence_of(150, 4), paragraph).size(), 1U);
  EXPECT_EQ(parts_of(sentence_of(250, 4), paragraph).size(), 2U);
  const std::vector<TextPart> parts = parts_of(sentence_of(25, 200), paragraph);
  ASSERT_EQ(parts.size(), 3U);
  EXPECT_EQ(parts[0].end_token, 10U);
  EXPECT_EQ(parts[2].first_token, 20U);
  EXPECT_EQ(parts[2].end_token, 25U);
  const CoreType sentence = choose_core_type("en.sent.score", 3).value();
  EXPECT_EQ(parts_of(sentence_of(25, 200), sentence).size(), 1U);
}

}  // namespace
}  // namespace saywell
