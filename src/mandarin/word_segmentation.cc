#include "mandarin/word_segmentation.h"

#include <algorithm>
#include <limits>

#include "mandarin/hanzi.h"

namespace saywell {
namespace {

struct Division {
  std::size_t words = std::numeric_limits<std::size_t>::max();
  std::size_t squares = 0;  // sum of the squared lengths: small when they are alike
  std::size_t first = 0;    // length of the first word

  bool better_than(const Division& other) const {
    return words != other.words ? words < other.words : squares < other.squares;
  }
};

}  // namespace

std::vector<std::size_t> segment_words(std::string_view text, std::size_t longest,
                                       const std::function<bool(std::string_view)>& is_word) {
  std::vector<std::size_t> starts;
  for (std::size_t at = 0; at < text.size(); at += character_bytes(text, at)) starts.push_back(at);
  const std::size_t count = starts.size();
  starts.push_back(text.size());
  std::vector<Division> best(count + 1);  // of the text from a character on
  best[count].words = 0;
  for (std::size_t from = count; from-- > 0;) {
    for (std::size_t length = 1; length <= std::min(longest, count - from); ++length) {
      const std::size_t end = from + length;
      Division division{best[end].words + 1, best[end].squares + length * length, length};
      if (!division.better_than(best[from])) continue;
      const bool fits =
          length == 1 || is_word(text.substr(starts[from], starts[end] - starts[from]));
      if (fits) best[from] = division;
    }
  }
  std::vector<std::size_t> lengths;
  for (std::size_t at = 0; at < count; at += best[at].first) lengths.push_back(best[at].first);
  return lengths;
}

}  // namespace saywell
