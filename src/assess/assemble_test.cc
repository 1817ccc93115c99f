#include "assess/assemble.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "align/testing/synthetic_alignment.h"
#include "assess/testing/synthetic_analysis.h"

namespace saywell {
namespace {

constexpr const char *kWords = "we call it", *kTokens = "W IY|K AO L|IH T";

// A part of which every phone scored 90, every word 80, and the sentence 70.
ScoredPart scored_part(const Analysis& analysis, std::size_t first, std::size_t end) {
  ScoredPart part;
  part.part = {first, end};
  part.inputs = make_scorer_inputs(analysis.alignment, analysis.embeddings, analysis.posteriors,
                                   analysis.prosody, first, end);
  part.read = !part.inputs.phone_ids.empty();
  part.scores.phones.assign(part.inputs.phone_ids.size(), 90);
  part.scores.words.assign(part.inputs.word_tokens.size(), {80, 85, 75});
  part.scores.sentence = {70, 100, 65, 60, 70};
  return part;
}

struct Assembled {
  Analysis analysis;
  Assessment assessment;
};

// The assessment of the text where `heard` was said, in parts that end before these tokens.
Assembled assembled(std::string_view heard, const std::vector<PathEvent>& events,
                    const TextMiscueProbabilities& probabilities = everything_read(3),
                    const std::vector<std::size_t>& ends = {3}) {
  Assembled result{synthetic_analysis(heard, kTokens, events), {}};
  std::vector<ScoredPart> parts;
  std::size_t first = 0;
  for (const std::size_t end : ends) {
    parts.push_back(scored_part(result.analysis, first, end));
    first = end;
  }
  const Miscues miscues =
      find_miscues(result.analysis.posteriors, result.analysis.alignment, probabilities);
  result.assessment = assemble_assessment(result.analysis, synthetic_reference(kWords, kTokens),
                                          kWords, miscues, parts);
  return result;
}

TEST(Assemble, AReadTextHasScoresAndTimesOfEveryWordAndPhone) {
  const auto [analysis, assessment] =
      assembled("W IY K AO L IH T", {said(0, {0, 6}), said(1, {6, 15}), said(2, {15, 21})});
  ASSERT_EQ(assessment.words.size(), 3U);
  const WordResult& call = assessment.words[1];
  EXPECT_EQ(call.text, "call");
  EXPECT_EQ(call.spoken, (std::vector<std::string>{"call"}));
  EXPECT_EQ(call.miscue, Miscue::kNone);
  EXPECT_EQ(call.score, 80);
  EXPECT_EQ(call.stress_score, 85);
  EXPECT_EQ(call.total, 75);
  ASSERT_EQ(call.phones.size(), 3U);
  EXPECT_EQ(call.phones[0].phone, "k");
  EXPECT_EQ(call.phones[0].score, 90);
  EXPECT_EQ(call.phones[0].error, PhoneError::kRight);
  const TimeRegion time = analysis.posteriors.time_of({6, 15});
  EXPECT_NEAR(call.time->start_ms, time.start_s * 1000, 1e-6);
  EXPECT_NEAR(call.time->end_ms, time.end_s * 1000, 1e-6);
  EXPECT_EQ(assessment.scores.overall, 70);
  EXPECT_EQ(assessment.scores.integrity, 100);
  EXPECT_EQ(assessment.scores.rhythm->overall, 60);
  EXPECT_EQ(assessment.audio.tip_id, 0);
  EXPECT_TRUE(assessment.extra.empty());
}

TEST(Assemble, AnOmittedWordHasNoTimeAndCountsInTheWhole) {
  const auto [analysis, assessment] = assembled("W IY IH T", {said(0, {0, 6}), said(2, {6, 12})});
  const WordResult& call = assessment.words[1];
  EXPECT_EQ(call.miscue, Miscue::kOmission);
  EXPECT_FALSE(call.time.has_value());
  EXPECT_EQ(call.score, 0);
  EXPECT_EQ(call.stress_score, 90);
  ASSERT_EQ(call.phones.size(), 3U);
  EXPECT_EQ(call.phones[0].error, PhoneError::kLeftOut);
  EXPECT_EQ(call.phones[0].score, 0);
  EXPECT_NEAR(assessment.scores.integrity, 100 * 4 / 7.0, 1e-9) << "four of seven phones";
  EXPECT_NEAR(assessment.scores.overall, 70 * 4 / 7.0, 1e-9);
  EXPECT_NEAR(assessment.scores.pron, 70 * 4 / 7.0, 1e-9);
  EXPECT_EQ(assessment.scores.accuracy, 70) << "of what was read";
  EXPECT_EQ(assessment.audio.tip_id, 90001) << "read incompletely";
}

TEST(Assemble, ASubstitutedWordHasWhatWasSaidInstead) {
  const auto [analysis, assessment] =
      assembled("W IY P EH N IH T", {said(0, {0, 6}), said_instead(1, {6, 15}), said(2, {15, 21})});
  const WordResult& call = assessment.words[1];
  EXPECT_EQ(call.miscue, Miscue::kSubstitution);
  ASSERT_FALSE(call.heard_instead.empty());
  for (const PhoneGuess& phone : call.heard_instead)
    EXPECT_TRUE(phone.phone == "p" || phone.phone == "eh" || phone.phone == "n") << phone.phone;
  EXPECT_TRUE(call.time.has_value());
}

TEST(Assemble, AnInsertionIsExtraWithItsPhonesAsText) {
  TextMiscueProbabilities probabilities = everything_read(3);
  probabilities.insertions[2] = 0.9;
  const auto [analysis, assessment] =
      assembled("W IY K AO L P EH N IH T",
                {said(0, {0, 6}), said(1, {6, 15}), other_speech(2, {15, 24}), said(2, {24, 30})},
                probabilities);
  ASSERT_EQ(assessment.extra.size(), 1U);
  EXPECT_EQ(assessment.extra[0].kind, ExtraSpeech::Kind::kInsertion);
  EXPECT_EQ(assessment.extra[0].text, "p eh n");
  EXPECT_EQ(assessment.extra[0].after, 1);
  EXPECT_GT(assessment.extra[0].time.start_ms, assessment.words[1].time->start_ms);
}

TEST(Assemble, ARepetitionIsExtraWithTheWordAsText) {
  TextMiscueProbabilities probabilities = everything_read(3);
  probabilities.tokens[1].repetition = 0.9;
  const auto [analysis, assessment] = assembled(
      "W IY K AO L K AO L IH T",
      {said(0, {0, 6}), said(1, {6, 15}), said(1, {15, 24}), said(2, {24, 30})}, probabilities);
  EXPECT_EQ(assessment.words[1].miscue, Miscue::kRepetition);
  ASSERT_EQ(assessment.extra.size(), 1U);
  EXPECT_EQ(assessment.extra[0].text, "call");
  EXPECT_LT(assessment.extra[0].time.end_ms, assessment.words[1].time->end_ms);
}

TEST(Assemble, SentencesAreAsHeavyAsTheirWords) {
  const auto [analysis, assessment] =
      assembled("W IY K AO L", {said(0, {0, 6}), said(1, {6, 15})}, everything_read(3), {2, 3});
  ASSERT_EQ(assessment.sentences.size(), 2U);
  EXPECT_EQ(assessment.sentences[0].end_word, 2U);
  EXPECT_EQ(assessment.sentences[0].scores.integrity, 100);
  EXPECT_EQ(assessment.sentences[1].scores.integrity, 0);
  EXPECT_FALSE(assessment.sentences[1].time.has_value());
  EXPECT_NEAR(assessment.scores.integrity, 200 / 3.0, 1e-9);
  EXPECT_NEAR(assessment.scores.overall, 2 * 70 / 3.0, 1e-9);
  EXPECT_NEAR(assessment.scores.accuracy, 70, 1e-6) << "of what was read";
}

TEST(Assemble, WithoutF0ThereIsNoRhythm) {
  Analysis analysis = synthetic_analysis("W IY K AO L IH T", kTokens,
                                         {said(0, {0, 6}), said(1, {6, 15}), said(2, {15, 21})});
  analysis.prosody.median_f0_hz = 0;
  std::ranges::fill(analysis.prosody.f0.f0_hz, 0.0F);
  analysis.audio_status = Status(Code::kNoF0, "whispered");
  const Assessment assessment =
      assemble_assessment(analysis, synthetic_reference(kWords, kTokens), kWords,
                          find_miscues(analysis.posteriors, analysis.alignment, everything_read(3)),
                          {scored_part(analysis, 0, 3)});
  EXPECT_FALSE(assessment.scores.rhythm.has_value());
  EXPECT_EQ(assessment.audio.tip_id, 90005);
}

// A word of two phones that was reported as omitted, after applying the first search's scores.
WordResult omitted_word_with(double accuracy, std::vector<double> phone_scores) {
  std::vector<WordResult> words(1);
  words[0].miscue = Miscue::kOmission;
  words[0].phones.resize(2);
  ScoredPart part;
  part.inputs.word_tokens = {0};
  part.inputs.phone_words.assign(phone_scores.size(), 0);
  part.scores.phones = std::move(phone_scores);
  part.scores.words.push_back({accuracy, 95, accuracy + 1});
  score_doubtful_words({part}, words);
  return words[0];
}

TEST(DoubtfulWords, KeepWhatTheFirstSearchHeard) {
  const WordResult word = omitted_word_with(40, {30, 60});
  EXPECT_EQ(word.miscue, Miscue::kOmission);
  EXPECT_EQ(word.score, 40);
  EXPECT_EQ(word.total, 41);
  EXPECT_EQ(word.stress_score, 95);
  EXPECT_EQ(word.phones[0].score, 30);
  EXPECT_EQ(word.phones[1].score, 60);
}

TEST(DoubtfulWords, AWordOfWhichNothingWasHeardStaysAtZero) {
  const WordResult word = omitted_word_with(20, {30, 10});
  EXPECT_EQ(word.score, 0);
  EXPECT_EQ(word.phones[0].score, 0);
}

TEST(DoubtfulWords, PhonesOfAnotherPronunciationAreNotTakenOver) {
  const WordResult word = omitted_word_with(40, {30, 60, 50});
  EXPECT_EQ(word.score, 40);
  EXPECT_EQ(word.phones[0].score, 0);
}

}  // namespace
}  // namespace saywell
