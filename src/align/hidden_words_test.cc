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

// That `said` has one hidden word of the second token, which stands before token `before`.
void expect_hidden_word(std::string_view said, std::size_t before, RowSpan rows) {
  const std::vector<HiddenWord> words = words_in(said);
  ASSERT_EQ(words.size(), 1U) << said;
  EXPECT_EQ(words[0].of_token, 1U) << said;
  EXPECT_EQ(words[0].speech.token, before) << said;
  EXPECT_EQ(words[0].speech.begin_row, rows.begin) << said;
  EXPECT_EQ(words[0].speech.end_row, rows.end) << said;
}

TEST(HiddenWords, BeforeOrAfterTheToken) {
  expect_hidden_word("IH T N AW W AH Z", 1, {7, 13});
  expect_hidden_word("IH T W AH Z N AW", 2, {16, 21});
}

}  // namespace
}  // namespace saywell
