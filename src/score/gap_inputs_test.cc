#include "score/gap_inputs.h"

#include <gtest/gtest.h>

#include "align/testing/synthetic_posteriors.h"
#include "align/token_evidence.h"

namespace saywell {
namespace {

using Kind = ReadingEvent::Kind;

ReadingEvent token(std::size_t which, std::size_t begin_row, std::size_t end_row) {
  return {Kind::kToken, which, 0, begin_row, end_row};
}

// The numbers behind the sound of each gap of "W IY|K AO L|IH T", found as `events`.
std::vector<std::vector<float>> gap_numbers(std::string_view said,
                                            const std::vector<ReadingEvent>& events) {
  const Posteriors posteriors = synthetic_posteriors(said);
  Embeddings embeddings;
  embeddings.frame_count = posteriors.frame_count();
  embeddings.values.assign(embeddings.frame_count * kEmbeddingSize, 0.5F);
  Reading reading;
  reading.variants = synthetic_variants("W IY|K AO L|IH T");
  reading.path.events = events;
  reading.event_places = *place_phones(posteriors, reading.path, reading.variants);
  reading.event_evidence = measure_token_evidence(posteriors, reading);
  reading.tokens.resize(reading.variants.size());
  for (std::size_t e = 0; e < events.size(); ++e) {
    if (events[e].kind == Kind::kToken) reading.tokens[events[e].token].event = e;
  }
  std::vector<std::size_t> words;
  for (std::size_t token = 0; token < reading.tokens.size(); ++token) {
    if (reading.tokens[token].event) words.push_back(token);
  }
  const std::vector<float> rows = make_gap_rows(reading, {&embeddings, 1}, posteriors, words);
  EXPECT_EQ(rows.size(), (words.size() + 1) * kGapRowSize);
  std::vector<std::vector<float>> gaps;
  for (auto row = rows.begin(); row != rows.end(); row += kGapRowSize) {
    EXPECT_EQ(*row, 0.5F) << "the mean embedding";
    gaps.emplace_back(row + kSoundNumbers, row + kGapRowSize);
  }
  return gaps;
}

// Columns.
constexpr std::size_t kHeard = 6, kVowels = 7, kStretches = 12, kTries = 15, kLeftOut = 18;

TEST(GapInputs, TellWhatWasHeardBetweenWords) {
  const auto gaps = gap_numbers(
      "W IY K AO L P EH N IH T",
      {token(0, 0, 6), token(1, 6, 15), {Kind::kOtherSpeech, 2, 0, 15, 24}, token(2, 24, 30)});
  ASSERT_EQ(gaps.size(), 4U);
  EXPECT_FLOAT_EQ(gaps[2][kHeard], 3.0F / 6);
  EXPECT_FLOAT_EQ(gaps[2][kVowels], 1.0F / 3);
  EXPECT_EQ(gaps[2][kStretches], 1);
  for (const std::size_t empty : {0U, 1U, 3U}) {
    EXPECT_EQ(gaps[empty][kHeard], 0) << empty;
    EXPECT_EQ(gaps[empty][kStretches], 0) << empty;
  }
}

TEST(GapInputs, CountEarlierTriesAndWordsLeftOut) {
  const auto again = gap_numbers("W IY K AO L K AO L IH T", {token(0, 0, 6), token(1, 6, 15),
                                                             token(1, 15, 24), token(2, 24, 30)});
  ASSERT_EQ(again.size(), 4U);
  EXPECT_EQ(again[1][kTries], 1);
  EXPECT_EQ(again[2][kTries], 0);
  const auto left_out = gap_numbers("W IY IH T", {token(0, 0, 6), token(2, 6, 12)});
  ASSERT_EQ(left_out.size(), 3U);
  EXPECT_EQ(left_out[1][kLeftOut], 1);
  EXPECT_EQ(left_out[0][kLeftOut], 0);
}

}  // namespace
}  // namespace saywell
