#include "align/align_text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "align/testing/synthetic_alignment.h"
#include "align/testing/synthetic_posteriors.h"

namespace saywell {
namespace {

constexpr const char* kTokens = "W IY|K AO L|IH T|B EH R";

// A text of one word per token, said as in `tokens`.
ReferenceText text_of(std::string_view tokens) {
  ReferenceText text;
  for (const std::vector<TokenVariant>& variants : synthetic_text(tokens)) {
    Token token;
    token.readings = {{SpokenWord{"word", {{variants[0].phones, variants[0].stress}}, true}}};
    text.tokens.push_back(token);
  }
  return text;
}

Alignment aligned(std::string_view heard, const std::vector<TokenBelief>& beliefs = {}) {
  Result<Alignment> alignment =
      align_text(synthetic_posteriors(heard), text_of(kTokens), {}, beliefs);
  EXPECT_TRUE(alignment.ok()) << alignment.status().message();
  return alignment.ok() ? *std::move(alignment) : Alignment();
}

// "0 1= +": events in order of time; "=" another word in the token's place, "+" other speech.
std::string events_of(const Alignment& alignment) {
  std::string names;
  for (const AlignedEvent& event : alignment.events()) {
    names += names.empty() ? "" : " ";
    names += event.is_other_speech() ? "+" : std::to_string(event.token);
    names += event.substituted ? "=" : "";
  }
  return names;
}

TEST(AlignText, EveryTokenHasItsPhonesInOrder) {
  const Alignment alignment = aligned("- W IY K AO L IH T B EH R -");
  EXPECT_EQ(events_of(alignment), "0 1 2 3");
  ASSERT_EQ(alignment.token_count(), 4U);
  std::size_t end = 0;
  for (std::size_t token = 0; token < 4; ++token) {
    EXPECT_EQ(alignment.last_attempt(token), token);
    ASSERT_EQ(alignment.phones(token).size(), alignment.variant(token).phones.size());
    for (std::size_t i = 0; i < alignment.phones(token).size(); ++i) {
      const AlignedPhone& phone = alignment.phones(token)[i];
      EXPECT_EQ(phone.phone, alignment.variant(token).phones[i]);
      EXPECT_EQ(phone.stress, is_vowel(phone.phone) ? 1 : 0);
      EXPECT_GE(phone.frames.begin, end);
      EXPECT_GE(phone.peak_frame, phone.frames.begin);
      EXPECT_LT(phone.peak_frame, phone.frames.end);
      EXPECT_LT(phone.evidence.omission, 0) << "it was said";
      end = phone.frames.end;
    }
  }
}

TEST(AlignText, AnOmittedTokenHasNoPhonesAndKeepsItsVariant) {
  const Alignment alignment = aligned("W IY IH T B EH R");
  EXPECT_FALSE(alignment.is_matched(1));
  EXPECT_FALSE(alignment.is_substituted(1));
  EXPECT_TRUE(alignment.phones(1).empty());
  EXPECT_EQ(alignment.variant(1).phones.size(), 3U);
  EXPECT_EQ(alignment.first_phone(2), 5U);
  EXPECT_EQ(alignment.first_phone(4), 10U);
}

TEST(AlignText, ARepeatedTokenIsMatchedByItsLastAttempt) {
  const Alignment alignment = aligned("W IY K AO L K AO L IH T B EH R");
  EXPECT_EQ(events_of(alignment), "0 1 1 2 3");
  EXPECT_EQ(alignment.last_attempt(1), 2U);
  EXPECT_FALSE(alignment.is_last_attempt(1));
  EXPECT_TRUE(alignment.is_last_attempt(2));
  EXPECT_GE(alignment.phones(1).front().frames.begin, 15U);
}

TEST(AlignText, OtherSpeechInThePlaceOfAnOmittedTokenIsAlignedWithIt) {
  const Alignment alignment = aligned("W IY S P EH N D Z IH T B EH R");
  EXPECT_EQ(events_of(alignment), "0 1= 2 3");
  EXPECT_TRUE(alignment.is_substituted(1));
  EXPECT_TRUE(alignment.is_matched(1));
  EXPECT_FALSE(alignment.is_substituted(0));
  ASSERT_EQ(alignment.phones(1).size(), 3U);
  const PhoneEvidence& evidence = alignment.phones(1).front().evidence;
  EXPECT_GT(std::max(*std::ranges::max_element(evidence.substitution), evidence.omission), 3)
      << "K was not said";
}

TEST(AlignText, WhereNothingIsBelievedToBeSaidForATokenOtherSpeechStaysOtherSpeech) {
  constexpr auto kOpen = TokenBelief::kOpen;
  EXPECT_EQ(events_of(aligned("W IY S P EH N D Z IH T B EH R",
                              {kOpen, TokenBelief::kOmitted, kOpen, kOpen})),
            "0 + 2 3");
}

TEST(AlignText, OneShortNoiseIsNoWholeLine) {
  const Alignment alignment = aligned("W IY P - - - - -");
  EXPECT_TRUE(alignment.is_matched(0));
  EXPECT_FALSE(alignment.is_matched(3));
}

TEST(AlignText, AnInsertedWordIsOtherSpeechWithoutPhones) {
  const Alignment alignment = aligned("W IY P L IY Z K AO L IH T B EH R");
  EXPECT_EQ(events_of(alignment), "0 + 1 2 3");
  EXPECT_TRUE(alignment.events()[1].phones.empty());
  EXPECT_EQ(alignment.events()[1].evidence, 0);
  EXPECT_LT(alignment.events()[2].evidence, 3);
}

TEST(AlignText, GapsAreBetweenLastAttempts) {
  const Alignment alignment = aligned("W IY K AO L P L IY Z K AO L IH T B EH R");
  ASSERT_EQ(events_of(alignment), "0 1 + 1 2 3");
  EXPECT_EQ(alignment.gap(0).before, std::nullopt);
  EXPECT_EQ(alignment.gap(0).after, 0U);
  const AlignmentGap around = alignment.gap(3);
  EXPECT_EQ(around.before, 0U) << "the first attempt at token 1 is no side of a gap";
  EXPECT_EQ(around.after, 3U);
  EXPECT_EQ(alignment.gap(6).before, 5U);
  EXPECT_EQ(alignment.gap(6).after, std::nullopt);
}

TEST(AlignText, ATextOfMorePhonesThanFramesIs20303) {
  const Result<Alignment> alignment = align_text(synthetic_posteriors("W IY", 1), text_of(kTokens));
  EXPECT_EQ(alignment.status().code(), Code::kNoAlignment);
}

TEST(AlignText, NothingSaidIsNoEvent) {
  const Alignment alignment = synthetic_alignment(synthetic_posteriors("- -"), kTokens, {});
  EXPECT_TRUE(alignment.events().empty());
  EXPECT_FALSE(alignment.is_matched(0));
  EXPECT_EQ(alignment.gap(0).before, std::nullopt);
  EXPECT_EQ(alignment.gap(0).after, std::nullopt);
}

}  // namespace
}  // namespace saywell
