#include "align/alignment_path.h"

#include <gtest/gtest.h>

#include "align/testing/synthetic_alignment.h"
#include "align/testing/synthetic_posteriors.h"

namespace saywell {
namespace {

// "0 1 2": tokens in order of time; "+" other speech.
std::string path_of(std::string_view heard, std::string_view text,
                    const std::vector<TokenBelief>& beliefs = {}) {
  const Posteriors posteriors = synthetic_posteriors(heard);
  const AlignmentPath path = find_alignment_path(posteriors, synthetic_text(text), {}, beliefs);
  std::string names;
  for (const PathEvent& event : path.events) {
    EXPECT_LT(event.frames.begin, event.frames.end);
    names += (names.empty() ? "" : " ") + (event.is_token() ? std::to_string(event.token) : "+");
  }
  return names;
}

constexpr const char* kText = "W IY|K AO L|IH T|B EH R";

TEST(AlignmentPath, ATextReadAsItIs) {
  EXPECT_EQ(path_of("- W IY K AO L IH T B EH R -", kText), "0 1 2 3");
  EXPECT_EQ(path_of("- W IY - - K AO L - IH T - B EH R - -", kText), "0 1 2 3");
}

TEST(AlignmentPath, AnOmittedWordHasNoEvent) {
  EXPECT_EQ(path_of("W IY IH T B EH R", kText), "0 2 3");
  EXPECT_EQ(path_of("K AO L IH T B EH R", kText), "1 2 3");
  EXPECT_EQ(path_of("W IY K AO L IH T", kText), "0 1 2");
}

TEST(AlignmentPath, HalfTheTextRead) { EXPECT_EQ(path_of("- W IY K AO L - -", kText), "0 1"); }

TEST(AlignmentPath, AnInsertedWordIsOtherSpeech) {
  EXPECT_EQ(path_of("W IY P L IY Z K AO L IH T B EH R", kText), "0 + 1 2 3");
  EXPECT_EQ(path_of("W IY K AO L IH T B EH R N AW DH EH N", kText), "0 1 2 3 +");
}

TEST(AlignmentPath, ASubstitutedWordIsOmittedWithOtherSpeechInItsPlace) {
  EXPECT_EQ(path_of("W IY S P EH N D Z IH T B EH R", kText), "0 + 2 3");
}

TEST(AlignmentPath, RepeatedWordsHaveSeveralEvents) {
  EXPECT_EQ(path_of("W IY K AO L K AO L IH T B EH R", kText), "0 1 1 2 3");
  EXPECT_EQ(path_of("W IY K AO L W IY K AO L IH T B EH R", kText), "0 1 0 1 2 3");
}

TEST(AlignmentPath, OneWrongOrMissingOrAddedPhoneLeavesTheWordRead) {
  EXPECT_EQ(path_of("W IY K AA L IH T B EH R", kText), "0 1 2 3");
  EXPECT_EQ(path_of("W IY K AO IH T B EH R", kText), "0 1 2 3");
  EXPECT_EQ(path_of("W IY K AO AH L IH T B EH R", kText), "0 1 2 3");
}

TEST(AlignmentPath, TheVariantThatWasSaidIsChosen) {
  TextVariants text = synthetic_text("DH AH|AE P AH L");
  text[0].push_back(synthetic_text("DH IY")[0][0]);
  const AlignmentPath path = find_alignment_path(synthetic_posteriors("DH IY AE P AH L"), text);
  ASSERT_EQ(path.events.size(), 2U);
  EXPECT_EQ(path.events[0].variant, 1U);
}

TEST(AlignmentPath, AnUnreadTokenIsOtherSpeechEvenIfItWasSaid) {
  constexpr auto kOpen = TokenBelief::kOpen, kUnread = TokenBelief::kUnread;
  EXPECT_EQ(path_of("W IY K AO L IH T B EH R", kText, {kOpen, kUnread, kOpen, kOpen}), "0 + 2 3");
}

TEST(AlignmentPath, ATokenThatWasReadIsNotOmittedForItsNeighbour) {
  constexpr auto kOpen = TokenBelief::kOpen, kUnread = TokenBelief::kUnread;
  const char* heard = "W IY K UW N IH T B EH R";  // "K AO L" but for its end
  EXPECT_EQ(path_of(heard, kText, {kUnread, kOpen, kOpen, kOpen}), "+ 2 3");
  EXPECT_EQ(path_of(heard, kText, {kUnread, TokenBelief::kRead, kOpen, kOpen}), "+ 1 2 3");
}

TEST(AlignmentPath, NoFramesNoEvents) { EXPECT_EQ(path_of("", kText), ""); }

}  // namespace
}  // namespace saywell
