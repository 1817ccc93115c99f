// Rows of features, written by name.
#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>
#include <span>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "score/feature_schema.h"

namespace saywell {

// A name of a feature of `kTable`. Any other text does not compile.
template <const auto& kTable>
class FeatureName {
 public:
  consteval FeatureName(const char* name) {  // NOLINT(google-explicit-constructor)
    while (index_ < kTable.size() && kTable[index_].name != std::string_view(name)) ++index_;
    if (index_ == kTable.size()) throw std::invalid_argument("no feature of this table");
    offset_ = row_size(std::span(kTable).first(index_));
  }

  constexpr const Feature& feature() const { return kTable[index_]; }
  // Its offset in a row.
  constexpr std::size_t offset() const { return offset_; }

 private:
  std::size_t index_ = 0, offset_ = 0;
};

// The offset of the feature `name` of a table in a row.
template <const auto& kTable>
constexpr std::size_t offset_of(FeatureName<kTable> name) {
  return name.offset();
}

// A row at the end of `out`, which must outlive it and grow in no other way meanwhile. A feature
// that was not set is not a number.
template <const auto& kTable>
class FeatureRow {
 public:
  explicit FeatureRow(std::vector<float>& out) : out_(out), begin_(out.size()) {
    out.resize(begin_ + row_size(kTable), std::numeric_limits<float>::quiet_NaN());
  }

  // Sets a feature of one value to the measured value, divided by its scale.
  void set(FeatureName<kTable> name, double value) {
    out_[begin_ + name.offset()] = static_cast<float>(value / name.feature().scale);
  }

  // The values of a feature, to be filled in already divided by its scale.
  std::span<float> values(FeatureName<kTable> name) {
    return std::span(out_).subspan(begin_ + name.offset(), name.feature().size);
  }

 private:
  std::vector<float>& out_;
  std::size_t begin_;
};

using PhoneFeatureRow = FeatureRow<kPhoneFeatures>;
using GapFeatureRow = FeatureRow<kGapFeatures>;
using ReadingFeatureRow = FeatureRow<kReadingFeatures>;

}  // namespace saywell
