#include "mandarin/polyphone_model.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/status_macros.h"
#include "mandarin/hanzi.h"

namespace saywell {
namespace {

// g2pM marks the two ends of a sentence by characters that no Chinese sentence has.
constexpr char32_t kBegin = U'시';
constexpr char32_t kEnd = U'끝';
constexpr std::string_view kUnknown = "<UNK>";

// "le5", "nu:3" as the network's readings are named; "r5" is the r of 儿.
std::optional<PackedSyllable> reading_named(std::string_view name) {
  if (name == "r5") return PackedSyllable::erhua();
  std::string plain(name);
  if (const std::size_t umlaut = plain.find("u:"); umlaut != std::string::npos) {
    plain[umlaut] = 'v';
    plain.erase(umlaut + 1, 1);
  }
  if (!plain.empty() && plain.back() == '5') plain.back() = '0';
  const auto syllable = parse_syllable(plain);
  return syllable ? std::optional(PackedSyllable(*syllable)) : std::nullopt;
}

template <class Visit>
void for_each_line(std::string_view text, const Visit& visit) {
  for (std::size_t number = 0; !text.empty(); ++number) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    visit(number, line);
  }
}

// Scores to the logarithms of their softmax.
void normalise(std::vector<float>& scores) {
  const float largest = *std::max_element(scores.begin(), scores.end());
  double sum = 0;
  for (const float score : scores) sum += std::exp(static_cast<double>(score - largest));
  const auto shift = static_cast<float>(largest + std::log(sum));
  for (float& score : scores) score -= shift;
}

}  // namespace

PolyphoneModel::PolyphoneModel(OnnxSession session) : session_(std::move(session)) {}

Result<PolyphoneModel> PolyphoneModel::load(const std::string& path) {
  ASSIGN_OR_RETURN(OnnxSession session, OnnxSession::load(path));
  PolyphoneModel model(std::move(session));
  const Status read = model.read_metadata();
  if (!read.ok()) return Status(read.code(), path + " " + read.detail());
  return model;
}

Status PolyphoneModel::read_metadata() {
  std::optional<std::int64_t> unknown;
  for_each_line(session_.metadata("characters"), [&](std::size_t number, std::string_view name) {
    const auto id = static_cast<std::int64_t>(number);
    if (name == kUnknown) unknown = id;
    if (count_characters(name) == 1) characters_.emplace(decode_character(name), id);
  });
  for_each_line(session_.metadata("readings"), [&](std::size_t number, std::string_view name) {
    if (const auto reading = reading_named(name)) readings_.emplace(reading->value(), number);
  });
  for_each_line(session_.metadata("polyphones"), [&](std::size_t, std::string_view name) {
    if (!name.empty()) polyphones_.insert(decode_character(name));
  });
  const bool has_ends = characters_.contains(kBegin) && characters_.contains(kEnd);
  if (!unknown || !has_ends || readings_.empty() || polyphones_.empty()) {
    return Status(Code::kKernelUnavailable, "does not name its characters and readings");
  }
  unknown_ = *unknown;
  begin_ = characters_[kBegin];
  end_ = characters_[kEnd];
  return {};
}

Result<std::vector<std::vector<float>>> PolyphoneModel::log_probabilities(
    std::u32string_view text, std::span<const std::size_t> positions) const {
  if (positions.empty()) return std::vector<std::vector<float>>();
  std::vector<std::int64_t> ids{begin_};
  for (const char32_t character : text) {
    const auto found = characters_.find(character);
    ids.push_back(found == characters_.end() ? unknown_ : found->second);
  }
  ids.push_back(end_);
  std::vector<std::int64_t> asked;
  for (const std::size_t position : positions)
    asked.push_back(static_cast<std::int64_t>(position) + 1);
  const auto length = static_cast<std::int64_t>(ids.size());
  const auto count = static_cast<std::int64_t>(asked.size());
  std::vector<NamedTensor> inputs;
  inputs.push_back({"characters", Tensor::of_int64s({length}, std::move(ids))});
  inputs.push_back({"positions", Tensor::of_int64s({count}, std::move(asked))});
  ASSIGN_OR_RETURN(const std::vector<Tensor> outputs, session_.run(std::move(inputs)));
  const std::vector<float>& scores = outputs.front().floats;
  const std::size_t width = scores.size() / positions.size();
  std::vector<std::vector<float>> rows;
  for (std::size_t i = 0; i < positions.size(); ++i) {
    const auto first = scores.begin() + static_cast<std::ptrdiff_t>(i * width);
    rows.emplace_back(first, first + static_cast<std::ptrdiff_t>(width));
    normalise(rows.back());
  }
  return rows;
}

const std::size_t* PolyphoneModel::reading_number(PackedSyllable reading) const {
  const auto found = readings_.find(reading.value());
  return found == readings_.end() ? nullptr : &found->second;
}

}  // namespace saywell
