// The whole alignment as the scorer sees it: every canonical phone of the text with where and how
// it was read, and the events in between.
#pragma once

#include <optional>
#include <vector>

#include "align/phone_evidence.h"
#include "align/phone_times.h"
#include "align/reading_path.h"

namespace saywell {

struct ReadPhone {
  PhoneId phone = 0;
  std::uint8_t stress = 0;
  std::size_t token = 0;
  bool read = false;  // false: the token was left out; rows and evidence are then empty
  RowSpan rows;       // when it was said
  PhonePlace place;   // where it was heard: what judges it looks there
  PhoneEvidence evidence;
};

struct ReadToken {
  std::size_t variant = 0;  // of token_variants(); the first where it was left out
  std::size_t first_phone = 0, end_phone = 0;  // of Reading::phones
  std::optional<std::size_t> event;            // the last try, of Reading::path; none: left out
  bool replaced = false;  // another word was said in its place, and is aligned with it
};

struct Reading {
  std::vector<std::vector<TokenVariant>> variants;  // a token
  ReadingPath path;
  std::vector<std::vector<RowSpan>> event_phones;     // an event of the path: its phones' rows
  std::vector<std::vector<PhonePlace>> event_places;  // the same: where they were heard
  std::vector<float> event_evidence;                  // the same: of measure_token_evidence()
  std::vector<ReadToken> tokens;                      // one a token of the text
  std::vector<ReadPhone> phones;  // the canonical phones of all tokens, in order
};

// Aligns `posteriors` with `text`. Where tokens were left out and other speech stands in their
// place, it is taken for them, so that it is scored against what was asked. `beliefs`: one a
// token; empty: nothing is known. Code 20303 when the text cannot fit into the recording.
Result<Reading> align_reading(const Posteriors& posteriors, const ReferenceText& text,
                              const ReadingPrices& prices = {},
                              const std::vector<TokenBelief>& beliefs = {});

}  // namespace saywell
