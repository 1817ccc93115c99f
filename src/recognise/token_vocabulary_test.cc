#include "recognise/token_vocabulary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "recognise/test_models.h"

namespace saywell {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(TokenVocabulary, TextBecomesTheTokensOfTheOriginalAndBack) {
  const TokenVocabulary& vocabulary = test_vocabulary();
  // The expected ids are those of llama-tokenizer-js's own tests, without its start token.
  EXPECT_THAT(vocabulary.text_to_tokens("grabbed"), ElementsAre(2646, 1327, 287));
  EXPECT_THAT(vocabulary.text_to_tokens("镇"), ElementsAre(29871, 30411));
  EXPECT_THAT(vocabulary.text_to_tokens("🦙Ꙋ"),
              ElementsAre(29871, 243, 162, 169, 156, 237, 156, 141));
  EXPECT_THAT(vocabulary.text_to_tokens("  grabbed "), ElementsAre(2646, 1327, 287));
  for (const std::string text :
       {"He was not an ill-disposed young man.", "22 or 23?", "café 🦙"}) {
    EXPECT_EQ(vocabulary.tokens_to_text(vocabulary.text_to_tokens(text)), text);
  }
}

TEST(TokenVocabulary, SignsAndTornBytesAreNoText) {
  const TokenVocabulary& vocabulary = test_vocabulary();
  EXPECT_EQ(vocabulary.size(), 32000U);
  const std::vector<TokenId> tokens = {kStartToken, 2646,      1327,  287, 236,
                                       152,         kEndToken, 32000, -1};
  EXPECT_EQ(vocabulary.tokens_to_text(tokens), "grabbed");
  EXPECT_TRUE(vocabulary.begins_word(2646));
  EXPECT_FALSE(vocabulary.begins_word(287));
  EXPECT_FALSE(vocabulary.is_text(kEndToken));
  EXPECT_FALSE(vocabulary.is_text(32767));
}

TEST(TokenVocabulary, AnotherFileIsNamed) {
  for (const std::string script :
       {"", "const llama_vocab_base64", "const llama_vocab_base64 = \"PHVuaz4K\"",
        "llama_vocab_base64 = \"???\""}) {
    const auto vocabulary = TokenVocabulary::parse(script, "some.js");
    EXPECT_EQ(vocabulary.status().code(), Code::kKernelUnavailable);
    EXPECT_THAT(vocabulary.status().detail(), HasSubstr("some.js"));
  }
  EXPECT_THAT(TokenVocabulary::load("/nonexistent").status().detail(),
              HasSubstr("/nonexistent/llama_tokenizer.js"));
}

}  // namespace
}  // namespace saywell
