#include "assess/token_beliefs.h"

#include <gtest/gtest.h>

#include "align/testing/synthetic_posteriors.h"
#include "align/token_evidence.h"

namespace saywell {
namespace {

constexpr auto kOpen = TokenBelief::kOpen, kUnread = TokenBelief::kUnread,
               kLeftOut = TokenBelief::kLeftOut, kRead = TokenBelief::kRead;

// "W IY|K AO L|IH T" as `said` was said, with these rows of its tokens.
Analysis analysis_of(std::string_view said, const std::vector<ReadingEvent>& events) {
  Analysis analysis;
  analysis.posteriors = synthetic_posteriors(said);
  Reading& reading = analysis.reading;
  reading.variants = synthetic_variants("W IY|K AO L|IH T");
  reading.path.events = events;
  reading.event_places = *place_phones(analysis.posteriors, reading.path, reading.variants);
  reading.event_evidence = measure_token_evidence(analysis.posteriors, reading);
  for (std::size_t token = 0; token < reading.variants.size(); ++token) {
    ReadToken entry;
    entry.end_phone = reading.variants[token].front().phones.size();
    for (std::size_t e = 0; e < events.size(); ++e) {
      if (events[e].kind == ReadingEvent::Kind::kToken && events[e].token == token) entry.event = e;
    }
    reading.tokens.push_back(entry);
  }
  return analysis;
}

// What the judge says of the tokens: probabilities of having been read.
TextVerdict judged(const std::vector<double>& read) {
  TextVerdict verdict;
  for (const double probability : read) verdict.tokens.push_back({probability, 1 - probability});
  verdict.put_in.assign(read.size() + 1, 0.0);
  return verdict;
}

ReadingEvent token_event(std::size_t token, std::size_t begin_row, std::size_t end_row) {
  return {ReadingEvent::Kind::kToken, token, 0, begin_row, end_row};
}

TEST(TokenBeliefs, AReadTextIsNotSearchedAgain) {
  const Analysis analysis = analysis_of(
      "W IY K AO L IH T", {token_event(0, 0, 6), token_event(1, 6, 15), token_event(2, 15, 21)});
  EXPECT_TRUE(token_beliefs(analysis, judged({0.99, 0.99, 0.99})).empty());
}

TEST(TokenBeliefs, OfATokenPassedOverTheJudgeTellsWhetherSomethingElseWasSaid) {
  const Analysis analysis = analysis_of("W IY IH T", {token_event(0, 0, 6), token_event(2, 6, 12)});
  TextVerdict verdict = judged({0.99, 0, 0.6});
  EXPECT_EQ(token_beliefs(analysis, verdict), (std::vector<TokenBelief>{kRead, kLeftOut, kOpen}));
  verdict.put_in[1] = 0.3;
  EXPECT_EQ(token_beliefs(analysis, verdict), (std::vector<TokenBelief>{kRead, kUnread, kOpen}));
}

TEST(TokenBeliefs, OtherSpeechBesideADoubtfulTokenWasProbablySaidInsteadOfIt) {
  const Analysis analysis = analysis_of(
      "W IY K AO L IH T", {token_event(0, 0, 6), token_event(1, 6, 15), token_event(2, 15, 21)});
  TextVerdict verdict = judged({0.99, 0.05, 0.99});
  EXPECT_TRUE(token_beliefs(analysis, verdict).empty());
  verdict.put_in[2] = 0.9;
  EXPECT_EQ(token_beliefs(analysis, verdict), (std::vector<TokenBelief>{kRead, kUnread, kRead}));
}

TEST(TokenBeliefs, WhatTheRowsSayMovesTheJudgesVerdict) {
  const TextVerdict doubtful = judged({0.99, 0.6, 0.99});
  const Analysis said = analysis_of(
      "W IY K AO L IH T", {token_event(0, 0, 6), token_event(1, 6, 15), token_event(2, 15, 21)});
  EXPECT_TRUE(token_beliefs(said, doubtful).empty());
  const Analysis unsaid = analysis_of(
      "W IY - IH T", {token_event(0, 0, 6), token_event(1, 6, 9), token_event(2, 9, 15)});
  EXPECT_EQ(token_beliefs(unsaid, doubtful), (std::vector<TokenBelief>{kRead, kUnread, kRead}));
}

TEST(TokenBeliefs, OfTwoNeighboursTheWorseIsUnread) {
  const Analysis unsaid = analysis_of(
      "W IY - IH T", {token_event(0, 0, 6), token_event(1, 6, 9), token_event(2, 9, 15)});
  EXPECT_EQ(token_beliefs(unsaid, judged({0.99, 0.2, 0.3})),
            (std::vector<TokenBelief>{kRead, kUnread, kOpen}));
}

}  // namespace
}  // namespace saywell
