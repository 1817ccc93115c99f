#include "align/torn_words.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>

#include "align/testing/synthetic_alignment.h"
#include "align/testing/synthetic_posteriors.h"

namespace saywell {
namespace {

constexpr std::size_t kFramesEach = 3;  // of synthetic_posteriors()

// The events that remain of a path through "IH Z|AH|W ER": "1:AH K" is token 1, "+2:S" other speech
// before token 2, both with the phones heard in their frames.
std::string rejoined(const std::vector<std::pair<PathEvent, std::string>>& path) {
  std::string heard;
  std::vector<PathEvent> events;
  std::size_t frame = 0;
  for (auto [event, phones] : path) {
    heard += (heard.empty() ? "" : " ") + phones;
    const auto count = static_cast<std::size_t>(1 + std::count(phones.begin(), phones.end(), ' '));
    event.frames = {frame, frame + kFramesEach * count};
    frame = event.frames.end;
    events.push_back(event);
  }
  const Posteriors posteriors = synthetic_posteriors(heard, kFramesEach);
  std::string names;
  for (const PathEvent& event :
       rejoin_torn_words(posteriors, synthetic_text("IH Z|AH|W ER"), events)) {
    names += names.empty() ? "" : " ";
    names += event.is_token() ? "" : "+";
    names += std::to_string(event.token) + ":" + std::to_string(event.frames.size() / kFramesEach);
  }
  return names;
}

PathEvent token(std::size_t which) { return said(which, {}); }
PathEvent other_before(std::size_t which) { return other_speech(which, {}); }

TEST(TornWords, TheRestOfATokenIsPartOfIt) {
  EXPECT_EQ(rejoined({{token(2), "W"}, {other_before(3), "AH L"}}), "2:3");
  EXPECT_EQ(rejoined({{token(2), "W"}, {other_before(3), "W AH"}}), "2:3");
}

TEST(TornWords, OtherSpeechBehindATokenThatWasHeardIsLeftAlone) {
  EXPECT_EQ(rejoined({{token(2), "W ER"}, {other_before(3), "AH L"}}), "2:2 +3:2");
  EXPECT_EQ(rejoined({{token(2), "W"}, {other_before(3), "B IY"}}), "2:1 +3:2") << "a new syllable";
  EXPECT_EQ(rejoined({{token(2), "W"}, {other_before(3), "IY AH"}}), "2:1 +3:2") << "two vowels";
}

TEST(TornWords, APieceOfAnotherWordIsNoAttemptAtA) {
  EXPECT_EQ(rejoined({{token(0), "IH Z"},
                      {token(1), "AH"},
                      {other_before(1), "G R"},
                      {token(1), "EY"},
                      {other_before(2), "T"},
                      {token(2), "W ER"}}),
            "0:2 1:1 +2:4 2:2");
  EXPECT_EQ(rejoined({{other_before(1), "W"},
                      {token(1), "AH"},
                      {other_before(1), "T"},
                      {token(1), "AH"},
                      {token(2), "W ER"}}),
            "+1:3 1:1 2:2");
  EXPECT_EQ(rejoined({{token(1), "IY"}, {other_before(1), "K"}, {token(1), "AH"}}), "+1:2 1:1");
}

TEST(TornWords, APauseMakesItOneMoreAttempt) {
  EXPECT_EQ(rejoined({{token(1), "AH - - - -"}, {other_before(1), "M"}, {token(1), "AH"}}),
            "1:5 +2:2");
  EXPECT_EQ(rejoined({{token(1), "AH - - - -"}, {other_before(1), "M - - - -"}, {token(1), "AH"}}),
            "1:5 +1:5 1:1");
}

}  // namespace
}  // namespace saywell
