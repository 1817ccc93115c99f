#include "assess/token_beliefs.h"

#include <gtest/gtest.h>

#include "align/synthetic_posteriors.h"
#include "align/token_evidence.h"

namespace saywell {
namespace {

constexpr auto kOpen = TokenBelief::kOpen, kUnread = TokenBelief::kUnread,
               kRead = TokenBelief::kRead;

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

// What the scorer says of the tokens: probabilities of having been read.
std::vector<ScoredPart> scored(const std::vector<double>& read) {
  ScoredPart part;
  for (std::size_t token = 0; token < read.size(); ++token) {
    WordScores word;
    word.read = read[token];
    part.inputs.word_tokens.push_back(token);
    part.scores.words.push_back(word);
  }
  return {part};
}

ReadingEvent token_event(std::size_t token, std::size_t begin_row, std::size_t end_row) {
  return {ReadingEvent::Kind::kToken, token, 0, begin_row, end_row};
}

TEST(TokenBeliefs, AReadTextIsNotSearchedAgain) {
  const Analysis analysis = analysis_of(
      "W IY K AO L IH T", {token_event(0, 0, 6), token_event(1, 6, 15), token_event(2, 15, 21)});
  EXPECT_TRUE(token_beliefs(analysis, scored({0.99, 0.99, 0.99})).empty());
}

TEST(TokenBeliefs, ALeftOutTokenIsUnread) {
  const Analysis analysis = analysis_of("W IY IH T", {token_event(0, 0, 6), token_event(2, 6, 12)});
  EXPECT_EQ(token_beliefs(analysis, scored({0.99, 0, 0.6})),
            (std::vector<TokenBelief>{kRead, kUnread, kOpen}));
}

TEST(TokenBeliefs, WhatTheRowsSayMovesTheScorersVerdict) {
  const std::vector<ScoredPart> doubtful = scored({0.99, 0.6, 0.99});
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
  EXPECT_EQ(token_beliefs(unsaid, scored({0.99, 0.2, 0.3})),
            (std::vector<TokenBelief>{kRead, kUnread, kOpen}));
}

}  // namespace
}  // namespace saywell
