#include "align/hidden_words.h"

#include <gtest/gtest.h>

#include "align/synthetic_posteriors.h"

namespace saywell {
namespace {

// The hidden words where "IH T|W AH Z" is the text and its second token has the rows from 6 on.
std::vector<HiddenWord> words_in(std::string_view said) {
  const Posteriors posteriors = synthetic_posteriors(said);
  Reading reading;
  reading.variants = synthetic_variants("IH T|W AH Z");
  reading.path.events = {{ReadingEvent::Kind::kToken, 0, 0, 0, 6},
                         {ReadingEvent::Kind::kToken, 1, 0, 6, posteriors.frame_count()}};
  reading.tokens.resize(2);
  for (std::size_t token = 0; token < 2; ++token) reading.tokens[token].event = token;
  return find_hidden_words(posteriors, reading);
}

TEST(HiddenWords, APlainTokenHasNone) {
  EXPECT_TRUE(words_in("IH T W AH Z").empty());
  EXPECT_TRUE(words_in("IH T W IY S").empty()) << "mispronounced";
  EXPECT_TRUE(words_in("IH T W AH Z T S").empty()) << "no vowel";
  EXPECT_TRUE(words_in("IH T W AH Z AH").empty()) << "one phone";
}

TEST(HiddenWords, BeforeTheToken) {
  const std::vector<HiddenWord> words = words_in("IH T N AW W AH Z");
  ASSERT_EQ(words.size(), 1U);
  EXPECT_EQ(words[0].of_token, 1U);
  EXPECT_EQ(words[0].speech.token, 1U);
  EXPECT_EQ(words[0].speech.begin_row, 7U);
  EXPECT_EQ(words[0].speech.end_row, 13U);
}

TEST(HiddenWords, AfterTheToken) {
  const std::vector<HiddenWord> words = words_in("IH T W AH Z N AW");
  ASSERT_EQ(words.size(), 1U);
  EXPECT_EQ(words[0].of_token, 1U);
  EXPECT_EQ(words[0].speech.token, 2U);
  EXPECT_EQ(words[0].speech.begin_row, 16U);
  EXPECT_EQ(words[0].speech.end_row, 21U);
}

}  // namespace
}  // namespace saywell
