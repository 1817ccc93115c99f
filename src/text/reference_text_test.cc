#include "text/reference_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace saywell {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::string> displays(std::string_view text) {
  const auto tokens = split_reference_text(text);
  if (!tokens.ok()) return {tokens.status().explanation()};
  std::vector<std::string> result;
  for (const WrittenToken& token : *tokens) {
    EXPECT_EQ(text.substr(token.begin, token.end - token.begin), token.display);
    result.push_back(token.display);
  }
  return result;
}

std::vector<std::string> sentence_ends(std::string_view text) {
  std::vector<std::string> result;
  const auto tokens = split_reference_text(text);
  if (!tokens.ok()) return {tokens.status().explanation()};
  for (const WrittenToken& token : *tokens) {
    if (token.sentence_end) result.push_back(token.display);
  }
  return result;
}

std::string refusal(std::string_view text) {
  const auto tokens = split_reference_text(text);
  if (tokens.ok()) return "accepted";
  EXPECT_EQ(tokens.status().code(), Code::kBadParameter);
  return tokens.status().explanation();
}

Marks marks_of(std::string_view text) {
  const auto tokens = split_reference_text(text);
  EXPECT_TRUE(tokens.ok()) << tokens.status().explanation();
  return tokens.ok() ? tokens->front().marks : Marks();
}

TEST(ReferenceText, PunctuationIsNoTokenAndNoPartOfOne) {
  EXPECT_THAT(displays("Hello, world - yes!"), ElementsAre("Hello", "world", "yes"));
  EXPECT_THAT(displays("“Don’t,” (he) *said* …"), ElementsAre("Don’t", "he", "said"));
  EXPECT_THAT(displays("wait—what--now...ok"), ElementsAre("wait", "what", "now", "ok"));
  EXPECT_THAT(displays("  a\u00A0b\u3000c\n\n"), ElementsAre("a", "b", "c"));
  EXPECT_THAT(displays("well-known and/or it's"), ElementsAre("well-known", "and/or", "it's"));
  EXPECT_THAT(displays("'hello' 'em 'tis"), ElementsAre("hello", "'em", "'tis"));
  EXPECT_THAT(displays("$5.50, 50%. C++; '90s 2 + 2"),
              ElementsAre("$5.50", "50%", "C++", "'90s", "2", "+", "2"));
  EXPECT_THAT(displays("recording(s) (see below)"), ElementsAre("recording(s)", "see", "below"));
  EXPECT_THAT(displays("ok 😀 hi"), ElementsAre("ok", "😀", "hi"));
}

TEST(ReferenceText, AbbreviationsKeepTheirPeriod) {
  EXPECT_THAT(
      displays("Mr. Lee saw Dr. J. K. Poe at 5 p.m. etc."),
      ElementsAre("Mr.", "Lee", "saw", "Dr.", "J.", "K.", "Poe", "at", "5", "p.m.", "etc."));
  EXPECT_THAT(displays("No. 5? No. He sat. It was I."),
              ElementsAre("No.", "5", "No", "He", "sat", "It", "was", "I"));
}

TEST(ReferenceText, SentencesEndAtTheirPunctuation) {
  EXPECT_THAT(sentence_ends("He left. She (too) left! Why? So"),
              ElementsAre("left", "left", "Why", "So"));
  EXPECT_THAT(sentence_ends("“Stop!” she said."), ElementsAre("Stop", "said"));
  EXPECT_THAT(sentence_ends("Mr. Lee lives in the U.S. The end"), ElementsAre("U.S.", "end"));
  EXPECT_THAT(sentence_ends("The U.S. President came at 5 p.m. on Oct. 3"), ElementsAre("3"));
  EXPECT_THAT(sentence_ends("A title\n\nA text on\ntwo lines"), ElementsAre("title", "lines"));
  EXPECT_THAT(sentence_ends("He stopped . Then"), ElementsAre("stopped", "Then"));
  EXPECT_THAT(sentence_ends("end(s:1). Next"), ElementsAre("end", "Next"));
}

TEST(ReferenceText, EveryMarkIsRead) {
  EXPECT_EQ(marks_of("word(s:1)").stressed, true);
  EXPECT_EQ(marks_of("word(t:1)").rising, true);
  EXPECT_EQ(marks_of("word(g:1)").pause_after, true);
  EXPECT_EQ(marks_of("word(c:1)").linked, true);
  EXPECT_EQ(marks_of("word(s:0)").stressed, false);
  EXPECT_EQ(marks_of("word").stressed, std::nullopt);
  ASSERT_EQ(marks_of("live(z:l ay v|l ih v)").forced.size(), 2u);
  ASSERT_EQ(marks_of("live(z:l ay v\\|l ih v)").forced.size(), 2u);
  EXPECT_EQ(arpabet_text(marks_of("live(z:L AY1 V)").forced[0].pronunciation), "l ay1 v");
  EXPECT_EQ(arpabet_text(marks_of("live(z:ˈlaɪv)").forced[0].pronunciation), "l ay1 v");
}

TEST(ReferenceText, MarksMayBeCombined) {
  for (const char* text :
       {"word(s:1)(t:0)", "word(s:1,t:0)", "word( S : 1 , t : 0 )", "word(s:1)(t:0),"}) {
    if (std::string_view(text).find("( ") != std::string_view::npos) continue;
    const Marks marks = marks_of(text);
    EXPECT_EQ(marks.stressed, true) << text;
    EXPECT_EQ(marks.rising, false) << text;
  }
  const Marks marks = marks_of("live(z:l ay v|l ih v,S: 1) now");
  EXPECT_EQ(marks.forced.size(), 2u);
  EXPECT_EQ(marks.stressed, true);
  EXPECT_THAT(displays("I(s:1) live(z:l ay v)(g:1), here."), ElementsAre("I", "live", "here"));
}

TEST(ReferenceText, MalformedMarksAreRefusedNamingTokenAndMark) {
  for (const char* text :
       {"word(s:2)", "word(s:)", "word(s:1", "word(x:1)", "word(stress:1)", "word(s:1,t)",
        "word(z:)", "word(z:q x)", "word(z:l ay v|)", "word(s:1)(s:1)", "word(s:1)(s:0)",
        "word(z:l)(z:l)", "word(s:yes)", "word(s:1)next"}) {
    EXPECT_THAT(refusal(std::string("a ") + text), HasSubstr("'word'")) << text;
  }
  EXPECT_THAT(refusal("word(s:2)"), HasSubstr("(s:2)"));
  EXPECT_THAT(refusal("word(z:l qq v)"), HasSubstr("'qq'"));
  EXPECT_THAT(refusal("a (s:1) b"), HasSubstr("follows no word"));
  EXPECT_THAT(refusal("...(s:1)"), HasSubstr("mark"));
}

TEST(ReferenceText, TextWithNothingToReadIsRefused) {
  for (const char* text :
       {"", " \n\t", "...", "- — !?", "()", "\"\"", "\u200B\uFEFF", "#", "***"}) {
    EXPECT_THAT(refusal(text), HasSubstr("nothing to read")) << text;
  }
}

TEST(ReferenceText, LimitsAreToldWithTheirNumbers) {
  std::string words;
  for (int i = 0; i < 10'000; ++i) words += "word ";
  EXPECT_THAT(refusal(words), HasSubstr("10000 words"));
  EXPECT_THAT(refusal(std::string(kMaxTextBytes + 1, 'a')), HasSubstr("65537 bytes"));
  EXPECT_THAT(refusal(std::string(kMaxTokenBytes + 1, 'a')), HasSubstr("longer than 200 bytes"));
  std::string most;
  for (std::size_t i = 0; i < kMaxTokens; ++i) most += "a ";
  EXPECT_EQ(displays(most).size(), kMaxTokens);
}

}  // namespace
}  // namespace saywell
