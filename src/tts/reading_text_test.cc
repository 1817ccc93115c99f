#include "tts/reading_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "text/test_models.h"

namespace saywell {
namespace {

using testing::ElementsAre;

std::vector<std::string> reading_of(std::string_view text) {
  const Result<ReferenceText> reference = test_front_end().text_to_pronunciations(text);
  EXPECT_TRUE(reference.ok()) << reference.status().explanation();
  return reading_text(*reference, text);
}

TEST(ReadingText, KeepsWhatAVoiceMakesAudible) {
  EXPECT_THAT(reading_of("Well, is he here? Yes!  He’s here"),
              ElementsAre("well, is he here?", "yes!", "he's here."));
  EXPECT_THAT(reading_of("He came — late (very late) — again."),
              ElementsAre("he came, late, very late, again."));
}

TEST(ReadingText, ReadsNumbersOut) {
  EXPECT_THAT(reading_of("We have 2 tickets."), ElementsAre("we have two tickets."));
}

TEST(ReadingText, LeavesMarksOut) {
  EXPECT_THAT(reading_of("We(s:1)(g:1) live here(z:hh ih r)."), ElementsAre("we live here."));
}

}  // namespace
}  // namespace saywell
