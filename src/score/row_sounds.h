// What was heard in a stretch of rows, as the networks behind the alignment are given it.
#pragma once

#include <span>
#include <vector>

#include "acoustic/embeddings_to_posteriors.h"
#include "acoustic/pcm_to_embeddings.h"
#include "align/phone_times.h"

namespace saywell {

inline constexpr std::size_t kSoundNumbers = 2 * kEmbeddingSize + 2 * kPosteriorColumns;

class RowSounds {
 public:
  // Both must outlive it; rows count through the frames of all chunks.
  RowSounds(std::span<const Embeddings> chunks, const Posteriors& posteriors);

  // Appends kSoundNumbers: the mean embedding of `rows`, the embedding at `peak_row`, the
  // logarithms of the highest CTC posteriors and of the mean frame posteriors. REQUIRES: at least
  // one row.
  void add(RowSpan rows, std::size_t peak_row, std::vector<float>& out) const;

 private:
  void add_embeddings(RowSpan rows, std::size_t peak_row, std::vector<float>& out) const;
  void add_posteriors(RowSpan rows, std::vector<float>& out) const;

  const Posteriors& posteriors_;
  std::vector<std::span<const float>> embeddings_;  // of each row
};

}  // namespace saywell
