#include "align/testing/synthetic_posteriors.h"

#include <cmath>
#include <sstream>
#include <string>

#include "align/reading_path.h"

namespace saywell {
namespace {

constexpr float kSure = 0.95F;

void append_row(std::vector<float>& rows, int column) {
  for (int c = 0; c < kPosteriorColumns; ++c) {
    const float probability = c == column ? kSure : (1 - kSure) / (kPosteriorColumns - 1);
    rows.push_back(std::log(probability));
  }
}

}  // namespace

Posteriors synthetic_posteriors(std::string_view phones, std::size_t rows_each) {
  Posteriors posteriors;
  std::istringstream names{std::string(phones)};
  for (std::string name; names >> name;) {
    const int column = name == "-" ? kBlankColumn : *parse_arpabet(name) + 1;
    for (std::size_t i = 0; i < rows_each; ++i) {
      posteriors.clock.push_back(posteriors.clock.size());
      append_row(posteriors.ctc, i == rows_each / 2 ? column : kBlankColumn);
      append_row(posteriors.frame, column);
    }
  }
  return posteriors;
}

std::vector<std::vector<TokenVariant>> synthetic_variants(std::string_view tokens) {
  std::vector<std::vector<TokenVariant>> all;
  std::istringstream list{std::string(tokens)};
  for (std::string token; std::getline(list, token, '|');) {
    TokenVariant variant;
    std::istringstream names(token);
    for (std::string name; names >> name;) {
      variant.phones.push_back(*parse_arpabet(name));
      variant.stress.push_back(is_vowel(variant.phones.back()) ? 1 : 0);
    }
    variant.word_starts = {0};
    all.push_back({variant});
  }
  return all;
}

}  // namespace saywell
