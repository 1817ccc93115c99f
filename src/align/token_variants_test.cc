#include "align/token_variants.h"

#include <gtest/gtest.h>

#include <string>

namespace saywell {
namespace {

// "K AO L": vowels with primary stress.
Pronunciation pronunciation(std::string_view phones) {
  Pronunciation made;
  for (std::size_t begin = 0; begin < phones.size();) {
    const std::size_t end = std::min(phones.find(' ', begin), phones.size());
    made.phones.push_back(*parse_arpabet(phones.substr(begin, end - begin)));
    made.stress.push_back(is_vowel(made.phones.back()) ? 1 : 0);
    begin = end + 1;
  }
  return made;
}

SpokenWord word(const std::vector<std::string>& variants) {
  SpokenWord spoken;
  for (const std::string& variant : variants) spoken.variants.push_back(pronunciation(variant));
  return spoken;
}

Token token(std::vector<std::vector<SpokenWord>> readings) {
  Token made;
  made.readings = std::move(readings);
  return made;
}

std::string names_of(const TokenVariant& variant) {
  std::string names;
  for (const PhoneId phone : variant.phones)
    names += (names.empty() ? "" : " ") + std::string(phone_name(phone));
  return names;
}

// `count` ways to say a word, each of another first phone.
SpokenWord word_of_many(std::size_t count) {
  SpokenWord spoken;
  for (std::size_t i = 0; i < count; ++i) {
    spoken.variants.push_back(pronunciation("AA T"));
    spoken.variants.back().phones.front() = static_cast<PhoneId>(i);
  }
  return spoken;
}

TEST(TokenVariants, OneWordHasItsOwnVariantsTheUsualOneFirst) {
  const auto variants = token_variants(token({{word({"DH AH", "DH IY"})}}));
  ASSERT_EQ(variants.size(), 2U);
  EXPECT_EQ(names_of(variants[0]), "DH AH");
  EXPECT_EQ(names_of(variants[1]), "DH IY");
  EXPECT_EQ(variants[1].stress, (std::vector<std::uint8_t>{0, 1}));
}

TEST(TokenVariants, TheVariantsOfSeveralWordsAreCombined) {
  const auto variants = token_variants(token({{word({"T UW", "T AH"}), word({"AH", "EY"})}}));
  ASSERT_EQ(variants.size(), 4U);
  EXPECT_EQ(names_of(variants[0]), "T UW AH");
  EXPECT_EQ(names_of(variants[1]), "T AH AH");
  EXPECT_EQ(names_of(variants[3]), "T AH EY");
}

TEST(TokenVariants, EveryReadingIsThereAndNamed) {
  const auto variants =
      token_variants(token({{word({"T EH N"})}, {word({"W AH N"}), word({"OW"})}}));
  ASSERT_EQ(variants.size(), 2U);
  EXPECT_EQ(variants[0].reading, 0U);
  EXPECT_EQ(names_of(variants[1]), "W AH N OW");
  EXPECT_EQ(variants[1].reading, 1U);
}

TEST(TokenVariants, TheSamePhonesAreOneVariantOfTheFirstReading) {
  const auto variants = token_variants(token({{word({"R EH D"})}, {word({"R EH D", "R IY D"})}}));
  ASSERT_EQ(variants.size(), 2U);
  EXPECT_EQ(variants[0].reading, 0U);
  EXPECT_EQ(names_of(variants[1]), "R IY D");
}

TEST(TokenVariants, ManyCombinationsLeaveRoomForEveryReading) {
  const auto variants = token_variants(token({{word_of_many(6), word_of_many(6)}, {word({"OW"})}}));
  EXPECT_LE(variants.size(), kMaxTokenVariants);
  EXPECT_EQ(names_of(variants.back()), "OW");
  EXPECT_EQ(variants.back().reading, 1U);
  EXPECT_EQ(token_variants(token({{word_of_many(6), word_of_many(6)}})).size(), kMaxTokenVariants);
}

TEST(TokenVariants, TheFewestPhonesOfATextAreThoseOfItsShortestVariants) {
  ReferenceText text;
  text.tokens = {token({{word({"K AO L", "K AO"})}}), token({{word({"IH T"})}, {word({"AH"})}})};
  EXPECT_EQ(fewest_phones(text_variants(text)), 3U);
  EXPECT_EQ(fewest_phones({}), 0U);
}

}  // namespace
}  // namespace saywell
