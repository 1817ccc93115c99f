#include "align/reading_path.h"

#include <gtest/gtest.h>

#include "align/testing/synthetic_posteriors.h"

namespace saywell {
namespace {

using Kind = ReadingEvent::Kind;

// "0 1 2": tokens in order of time; "+" other speech.
std::string path_of(std::string_view said, std::string_view text,
                    const std::vector<TokenBelief>& beliefs = {}) {
  const Posteriors posteriors = synthetic_posteriors(said);
  const ReadingPath path = find_reading_path(posteriors, synthetic_variants(text), {}, beliefs);
  std::string names;
  for (const ReadingEvent& event : path.events) {
    EXPECT_LT(event.begin_row, event.end_row);
    names += (names.empty() ? "" : " ") +
             (event.kind == Kind::kToken ? std::to_string(event.token) : "+");
  }
  return names;
}

constexpr const char* kText = "W IY|K AO L|IH T|B EH R";

TEST(ReadingPath, ATextReadAsItStands) {
  EXPECT_EQ(path_of("- W IY K AO L IH T B EH R -", kText), "0 1 2 3");
  EXPECT_EQ(path_of("- W IY - - K AO L - IH T - B EH R - -", kText), "0 1 2 3");
}

TEST(ReadingPath, AWordLeftOutHasNoEvent) {
  EXPECT_EQ(path_of("W IY IH T B EH R", kText), "0 2 3");
  EXPECT_EQ(path_of("K AO L IH T B EH R", kText), "1 2 3");
  EXPECT_EQ(path_of("W IY K AO L IH T", kText), "0 1 2");
}

TEST(ReadingPath, HalfTheTextRead) { EXPECT_EQ(path_of("- W IY K AO L - -", kText), "0 1"); }

TEST(ReadingPath, AWordPutInIsOtherSpeech) {
  EXPECT_EQ(path_of("W IY P L IY Z K AO L IH T B EH R", kText), "0 + 1 2 3");
  EXPECT_EQ(path_of("W IY K AO L IH T B EH R N AW DH EH N", kText), "0 1 2 3 +");
}

TEST(ReadingPath, AWordReplacedIsLeftOutWithOtherSpeechInItsPlace) {
  EXPECT_EQ(path_of("W IY S P EH N D Z IH T B EH R", kText), "0 + 2 3");
}

TEST(ReadingPath, WordsSaidAgainHaveSeveralEvents) {
  EXPECT_EQ(path_of("W IY K AO L K AO L IH T B EH R", kText), "0 1 1 2 3");
  EXPECT_EQ(path_of("W IY K AO L W IY K AO L IH T B EH R", kText), "0 1 0 1 2 3");
}

TEST(ReadingPath, OneWrongOrMissingOrAddedPhoneLeavesTheWordRead) {
  EXPECT_EQ(path_of("W IY K AA L IH T B EH R", kText), "0 1 2 3");
  EXPECT_EQ(path_of("W IY K AO IH T B EH R", kText), "0 1 2 3");
  EXPECT_EQ(path_of("W IY K AO AH L IH T B EH R", kText), "0 1 2 3");
}

TEST(ReadingPath, TheVariantThatWasSaidIsChosen) {
  auto variants = synthetic_variants("DH AH|AE P AH L");
  variants[0].push_back(synthetic_variants("DH IY")[0][0]);
  const ReadingPath path = find_reading_path(synthetic_posteriors("DH IY AE P AH L"), variants);
  ASSERT_EQ(path.events.size(), 2U);
  EXPECT_EQ(path.events[0].variant, 1U);
}

TEST(ReadingPath, AnUnreadTokenIsOtherSpeechEvenIfItWasSaid) {
  constexpr auto kOpen = TokenBelief::kOpen, kUnread = TokenBelief::kUnread;
  EXPECT_EQ(path_of("W IY K AO L IH T B EH R", kText, {kOpen, kUnread, kOpen, kOpen}), "0 + 2 3");
}

TEST(ReadingPath, ATokenThatWasReadIsNotLeftOutForItsNeighbour) {
  constexpr auto kOpen = TokenBelief::kOpen, kUnread = TokenBelief::kUnread;
  const char* said = "W IY K UW N IH T B EH R";  // "K AO L" but for its end
  EXPECT_EQ(path_of(said, kText, {kUnread, kOpen, kOpen, kOpen}), "+ 2 3");
  EXPECT_EQ(path_of(said, kText, {kUnread, TokenBelief::kRead, kOpen, kOpen}), "+ 1 2 3");
}

TEST(ReadingPath, NoRowsNoEvents) { EXPECT_EQ(path_of("", kText), ""); }

}  // namespace
}  // namespace saywell
