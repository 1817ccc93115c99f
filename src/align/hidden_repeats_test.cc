#include "align/hidden_repeats.h"

#include <gtest/gtest.h>

#include "align/synthetic_posteriors.h"

namespace saywell {
namespace {

using Kind = ReadingEvent::Kind;

// The repeats in `said`, three rows a phone, of which token t of `text` has the rows up to
// ends[t].
std::vector<HiddenRepeat> repeats_in(std::string_view said, std::string_view text,
                                     const std::vector<std::size_t>& ends) {
  Reading reading;
  reading.variants = synthetic_variants(text);
  std::size_t begin_row = 0;
  for (std::size_t token = 0; token < ends.size(); ++token) {
    reading.path.events.push_back({Kind::kToken, token, 0, begin_row, ends[token]});
    ReadToken entry;
    entry.event = token;
    reading.tokens.push_back(entry);
    begin_row = ends[token];
  }
  return find_hidden_repeats(synthetic_posteriors(said), reading);
}

TEST(HiddenRepeats, APlainReadingHasNone) {
  EXPECT_TRUE(repeats_in("W IY K AO L IH T", "W IY|K AO L|IH T", {6, 15, 21}).empty());
}

TEST(HiddenRepeats, AWordSaidTwiceWithinItsRows) {
  const std::vector<HiddenRepeat> repeats =
      repeats_in("W IY F AO F AO IH T", "W IY|F AO R|IH T", {6, 18, 24});
  ASSERT_EQ(repeats.size(), 1U);
  EXPECT_EQ(repeats[0].token, 1U);
  EXPECT_EQ(repeats[0].first_try.begin, 7U);  // the peak of the first F …
  EXPECT_EQ(repeats[0].first_try.end, 13U);   // … and of the second
}

TEST(HiddenRepeats, TheFirstTryMayHaveGoneToTheTokenBefore) {
  const std::vector<HiddenRepeat> repeats =
      repeats_in("T EY K EH R K EH R", "T EY K|K EH R", {15, 24});
  ASSERT_EQ(repeats.size(), 1U);
  EXPECT_EQ(repeats[0].token, 1U);
}

TEST(HiddenRepeats, WhatTheTextRepeatsIsNone) {
  EXPECT_TRUE(repeats_in("N OW N OW W AH N", "N OW|N OW|W AH N", {6, 12, 21}).empty());
  EXPECT_TRUE(repeats_in("B AH N AE N AH", "B AH N AE N AH", {18}).empty());
}

}  // namespace
}  // namespace saywell
