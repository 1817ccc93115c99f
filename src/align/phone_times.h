// When and where each phone was said: two finer alignments of what the reading path found.
//
// The chain of read phones is aligned by Viterbi search, to the frame posteriors with silence
// allowed around every token, and to the CTC posteriors with blank allowed around every phone. Each
// token is kept near the rows the reading path gave it, so cost is linear in length.
#pragma once

#include <vector>

#include "align/reading_path.h"

namespace saywell {

// Rows of the posteriors, half-open.
struct RowSpan {
  std::size_t begin = 0;
  std::size_t end = 0;

  std::size_t size() const { return end - begin; }
};

// Phones of each kToken event of `path`, in the order of its events; empty lists for kOtherSpeech.
// Every phone gets at least one row. Code 20303 when there are more phones than rows.
Result<std::vector<std::vector<RowSpan>>> align_phones(
    const Posteriors& posteriors, const ReadingPath& path,
    const std::vector<std::vector<TokenVariant>>& tokens);

// Where the CTC posteriors hear a phone: they tell what was said better than when, so it is judged
// there.
struct PhonePlace {
  std::size_t peak_row = 0;  // the middle of its own rows
  RowSpan rows;  // from halfway to the phone before to halfway to the next; neighbours share a row
};

// The same chain aligned to the CTC posteriors, in the same shape and with the same failure.
Result<std::vector<std::vector<PhonePlace>>> place_phones(
    const Posteriors& posteriors, const ReadingPath& path,
    const std::vector<std::vector<TokenVariant>>& tokens);

// Where a row begins and ends in the recording.
double row_begin_s(const Posteriors& posteriors, std::size_t row);
double row_end_s(const Posteriors& posteriors, std::size_t row);

}  // namespace saywell
