#include "recognise/grammar.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace saywell {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::string> sentences(std::string_view grammar) {
  const auto result = grammar_to_sentences(grammar);
  EXPECT_TRUE(result.ok()) << result.status().message();
  return result.ok() ? *result : std::vector<std::string>();
}

std::string refusal(std::string_view grammar) {
  const auto result = grammar_to_sentences(grammar);
  EXPECT_EQ(result.status().code(), Code::kBadParameter);
  EXPECT_EQ(result.status().field(), "grammar");
  return result.status().detail();
}

TEST(Grammar, AlternativesGroupsAndOptionalParts) {
  EXPECT_THAT(sentences("yes I do | no I don't | (please) (show|tell) me"),
              ElementsAre("yes I do", "no I don't", "show me", "tell me", "please show me",
                          "please tell me"));
}

TEST(Grammar, GroupsInGroupsAndNoBlanks) {
  EXPECT_THAT(sentences("a(b(c)|d)e"), ElementsAre("a b e", "a b c e", "a d e"));
  EXPECT_THAT(sentences("((a)) b"), ElementsAre("b", "a b"));
  EXPECT_THAT(sentences(" \tone\n"), ElementsAre("one"));
}

TEST(Grammar, SameSentencesCountOnce) {
  EXPECT_THAT(sentences("a | (a|a) | b"), ElementsAre("a", "b"));
}

TEST(Grammar, EmptyPartsAreNamedWithTheirPlace) {
  EXPECT_THAT(refusal(""), HasSubstr("empty at byte 0"));
  EXPECT_THAT(refusal("a | | b"), HasSubstr("empty at byte 4"));
  EXPECT_THAT(refusal("a ()"), HasSubstr("empty at byte 3"));
  EXPECT_THAT(refusal("a |"), HasSubstr("empty at byte 3"));
  EXPECT_THAT(refusal("(a)"), HasSubstr("has no words"));
}

TEST(Grammar, ParenthesesMustMatch) {
  EXPECT_THAT(refusal("a (b"), HasSubstr("'(' has no ')' at byte 2"));
  EXPECT_THAT(refusal("a b) c"), HasSubstr("')' has no '(' at byte 3"));
}

TEST(Grammar, LimitsHold) {
  std::string explosion = "(a|b|c|d|e|f|g|h|i|j)";
  const std::string four = explosion + explosion + explosion + explosion;
  EXPECT_EQ(sentences(four).size(), kMaxGrammarSentences);
  EXPECT_THAT(refusal(four + explosion), HasSubstr("more than 10000 sentences"));
  EXPECT_THAT(refusal(std::string(21, '(').append("a").append(21, ')')), HasSubstr("deeper"));
  std::string words;
  for (int i = 0; i < 41; ++i) words += "a ";
  EXPECT_THAT(refusal(words), HasSubstr("more than 40 words"));
  EXPECT_THAT(refusal(std::string(kMaxGrammarBytes + 1, 'a')), HasSubstr("longer"));
  EXPECT_THAT(refusal("a \x01 b"), HasSubstr("control"));
}

}  // namespace
}  // namespace saywell
