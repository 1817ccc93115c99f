#include "assess/recognition_check.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "base/status_macros.h"

namespace saywell {
namespace {

// A phone counts as heard when nothing else is this much likelier in its place.
constexpr float kHeardRatio = 2.5F;
// The share of all phones heard that must be the text's.
constexpr double kMinRecognisedShare = 0.35;
// The recording's last part, in which a finished reading has already faded.
constexpr double kEndS = 0.03;
constexpr double kLoudEndDb = -14;  // against the speech level

bool was_heard(const AlignedPhone& phone) {
  const PhoneEvidence& evidence = phone.evidence;
  return evidence.omission < kHeardRatio &&
         *std::ranges::max_element(evidence.substitution) < kHeardRatio;
}

Status check_text(const Analysis& analysis, const Miscues& miscues) {
  double heard = 0, other = static_cast<double>(miscues.other_phones);
  for (std::size_t token = 0; token < analysis.alignment.token_count(); ++token) {
    for (const AlignedPhone& phone : analysis.alignment.phones(token))
      was_heard(phone) ? ++heard : ++other;
  }
  const double share = heard > 0 ? heard / (heard + other) : 0;
  if (share >= kMinRecognisedShare) return {};
  char detail[120];
  std::snprintf(detail, sizeof detail,
                "of the phones heard only %.0f %% are the text's: another text was read",
                100 * share);
  return Status(Code::kNothingRecognised, detail);
}

double end_level_db(const Analysis& analysis, std::span<const float> samples) {
  const auto count = std::min(samples.size(), static_cast<std::size_t>(kEndS * kSampleRateHz));
  double sum = 1e-12;
  for (const float sample : samples.last(count)) sum += static_cast<double>(sample) * sample;
  return 10 * std::log10(sum / static_cast<double>(count)) - analysis.quality.speech_level_dbfs;
}

// The last phones of the last word read were not heard, or a beginning of the next word was.
bool last_word_is_unfinished(const Analysis& analysis, const Miscues& miscues) {
  if (analysis.alignment.events().empty()) return false;
  const AlignedEvent& last = analysis.alignment.events().back();
  if (last.is_other_speech()) {
    return !miscues.extra.empty() || miscues.tokens.back().miscue == Miscue::kSubstitution;
  }
  return !was_heard(last.phones.back());
}

Status check_end(const Analysis& analysis, const Miscues& miscues, std::span<const float> samples) {
  const bool speech_goes_on = analysis.speech_probabilities.back() >= 0.5F;
  if (!speech_goes_on || end_level_db(analysis, samples) < kLoudEndDb) return {};
  if (!last_word_is_unfinished(analysis, miscues)) return {};
  return Status(Code::kRecognitionFailed,
                "the speech breaks off inside a word at the end of the recording");
}

}  // namespace

Status check_recognition(const Analysis& analysis, const Miscues& miscues,
                         std::span<const float> samples) {
  RETURN_IF_ERROR(check_text(analysis, miscues));
  return check_end(analysis, miscues, samples);
}

}  // namespace saywell
