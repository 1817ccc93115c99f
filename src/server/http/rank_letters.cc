#include "server/http/rank_letters.h"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <string_view>

namespace saywell {
namespace {

constexpr std::array<std::string_view, 14> kScores = {
    "overall", "pron", "accuracy", "integrity", "fluency",     "pause",     "stress",
    "sense",   "tone", "score",    "total",     "stressscore", "tonescore", "sensescore"};

std::string_view letter_of(double score) {
  constexpr std::array<std::string_view, 5> kLetters = {"D", "D", "C", "B", "A"};
  return kLetters[static_cast<std::size_t>(std::clamp(score, 0.0, 4.0))];
}

}  // namespace

void scores_to_letters(boost::json::value& result) {
  if (result.is_array()) {
    for (boost::json::value& entry : result.get_array()) scores_to_letters(entry);
  }
  if (!result.is_object()) return;
  for (auto& field : result.get_object()) {
    const bool is_score =
        std::find(kScores.begin(), kScores.end(), std::string_view(field.key())) != kScores.end();
    if (is_score && field.value().is_number()) {
      field.value() = letter_of(field.value().to_number<double>());
    } else {
      scores_to_letters(field.value());
    }
  }
}

}  // namespace saywell
