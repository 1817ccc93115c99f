#include "align/torn_words.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>

#include "align/testing/synthetic_posteriors.h"

namespace saywell {
namespace {

constexpr std::size_t kRowsEach = 3;  // of synthetic_posteriors()

// What is left of a path through "IH Z|AH|W ER": "1:AH K" is token 1, "+2:S" other speech before
// token 2, both with the phones heard in their rows.
std::string rejoined(const std::vector<std::pair<ReadingEvent, std::string>>& path) {
  std::string said;
  std::vector<ReadingEvent> events;
  std::size_t row = 0;
  for (auto [event, phones] : path) {
    said += (said.empty() ? "" : " ") + phones;
    event.begin_row = row;
    row += kRowsEach * static_cast<std::size_t>(1 + std::count(phones.begin(), phones.end(), ' '));
    event.end_row = row;
    events.push_back(event);
  }
  const Posteriors posteriors = synthetic_posteriors(said, kRowsEach);
  std::string names;
  for (const ReadingEvent& event :
       rejoin_torn_words(posteriors, synthetic_variants("IH Z|AH|W ER"), events)) {
    names += names.empty() ? "" : " ";
    names += event.kind == ReadingEvent::Kind::kToken ? "" : "+";
    names += std::to_string(event.token) + ":" +
             std::to_string((event.end_row - event.begin_row) / kRowsEach);
  }
  return names;
}

ReadingEvent token(std::size_t which) { return {ReadingEvent::Kind::kToken, which, 0, 0, 0}; }
ReadingEvent other_before(std::size_t which) {
  return {ReadingEvent::Kind::kOtherSpeech, which, 0, 0, 0};
}

TEST(TornWords, TheRestOfATokenIsPartOfIt) {
  EXPECT_EQ(rejoined({{token(2), "W"}, {other_before(3), "AH L"}}), "2:3");
  EXPECT_EQ(rejoined({{token(2), "W"}, {other_before(3), "W AH"}}), "2:3");
}

TEST(TornWords, OtherSpeechBehindATokenThatWasHeardIsLeftAlone) {
  EXPECT_EQ(rejoined({{token(2), "W ER"}, {other_before(3), "AH L"}}), "2:2 +3:2");
  EXPECT_EQ(rejoined({{token(2), "W"}, {other_before(3), "B IY"}}), "2:1 +3:2") << "a new syllable";
  EXPECT_EQ(rejoined({{token(2), "W"}, {other_before(3), "IY AH"}}), "2:1 +3:2") << "two vowels";
}

TEST(TornWords, APieceOfAnotherWordIsNoTryOfA) {
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

TEST(TornWords, APauseMakesItOneMoreTry) {
  EXPECT_EQ(rejoined({{token(1), "AH - - - -"}, {other_before(1), "M"}, {token(1), "AH"}}),
            "1:5 +2:2");
  EXPECT_EQ(rejoined({{token(1), "AH - - - -"}, {other_before(1), "M - - - -"}, {token(1), "AH"}}),
            "1:5 +1:5 1:1");
}

}  // namespace
}  // namespace saywell
