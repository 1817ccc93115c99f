// When each phone was said: a second, finer alignment of what the reading path found.
//
// The chain of read phones, with silence allowed around every token, is aligned to the frame posteriors by
// Viterbi search, each token kept near the rows the reading path gave it, so cost is linear in length.
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

// Phones of each kToken event of `path`, in the order of its events; empty lists for kOtherSpeech. Every
// phone gets at least one row. Code 20303 when there are more phones than rows.
Result<std::vector<std::vector<RowSpan>>> align_phones(const Posteriors& posteriors, const ReadingPath& path,
                                                       const std::vector<std::vector<TokenVariant>>& tokens);

// Where a row begins and ends in the recording.
double row_begin_s(const Posteriors& posteriors, std::size_t row);
double row_end_s(const Posteriors& posteriors, std::size_t row);

}  // namespace saywell
