// Levenshtein's distance (1966) of two sequences.
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace saywell {

// The least cost of turning `from` into `to`: 1 per inserted or deleted item, the number
// `replacement(a, b)` for `b` in the place of `a`. Sequences have size() and []. Pure.
template <typename Sequence, typename Replacement>
auto edit_distance(const Sequence& from, const Sequence& to, Replacement replacement) {
  using Cost = decltype(replacement(from[0], to[0]));
  std::vector<Cost> row(to.size() + 1);
  for (std::size_t j = 0; j < row.size(); ++j) row[j] = static_cast<Cost>(j);
  for (std::size_t i = 0; i < from.size(); ++i) {
    Cost diagonal = std::exchange(row[0], static_cast<Cost>(i + 1));
    for (std::size_t j = 0; j < to.size(); ++j) {
      const Cost replaced = diagonal + replacement(from[i], to[j]);
      diagonal = row[j + 1];
      row[j + 1] =
          std::min({replaced, static_cast<Cost>(row[j] + 1), static_cast<Cost>(row[j + 1] + 1)});
    }
  }
  return row.back();
}

// The same with every replacement at 1: the number of insertions, deletions and replacements.
template <typename Sequence>
std::size_t edit_distance(const Sequence& from, const Sequence& to) {
  return edit_distance(from, to,
                       [](const auto& a, const auto& b) { return std::size_t{a == b ? 0U : 1U}; });
}

}  // namespace saywell
