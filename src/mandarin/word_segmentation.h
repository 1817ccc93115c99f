// Where the words of a Chinese text end.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>
#include <vector>

namespace saywell {

// Lengths, in characters, of the fewest words that make up the well-formed `text`, none longer than
// `longest`; of divisions into equally many the one whose words are most alike in length. A single
// character always is a word; `is_word` is asked about longer ones. Pure.
std::vector<std::size_t> segment_words(std::string_view text, std::size_t longest,
                                       const std::function<bool(std::string_view)>& is_word);

}  // namespace saywell
