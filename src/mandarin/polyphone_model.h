// The small network that says which reading a character has in its sentence: g2pM (Park and Lee
// 2020), models/mandarin_polyphones.onnx.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "mandarin/reading_dictionary.h"
#include "onnx/onnx_session.h"
#include "saywell/status.h"

namespace saywell {

class PolyphoneModel {
 public:
  // Code 40051 naming the file when it is missing or not this model.
  static Result<PolyphoneModel> load(const std::string& path);

  // True for the characters, simplified ones, whose readings the network tells apart.
  bool knows(char32_t character) const { return polyphones_.contains(character); }

  // For each of `positions` in `text` (simplified characters, punctuation included) one log
  // probability per reading: numbers as reading_number() says. Thread-safe.
  Result<std::vector<std::vector<float>>> log_probabilities(
      std::u32string_view text, std::span<const std::size_t> positions) const;

  // The place of a reading in these lists; nullptr for one that the network never says.
  const std::size_t* reading_number(PackedSyllable reading) const;

 private:
  explicit PolyphoneModel(OnnxSession session);
  Status read_metadata();

  OnnxSession session_;
  std::unordered_map<char32_t, std::int64_t> characters_;
  std::unordered_map<std::uint16_t, std::size_t> readings_;
  std::unordered_set<char32_t> polyphones_;
  std::int64_t unknown_ = 0, begin_ = 0, end_ = 0;
};

}  // namespace saywell
