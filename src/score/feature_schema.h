// The features of the networks behind the alignment, by name: one schema for the program, which
// computes them, and for the training, which reads the program's output (`saywell features
// --schema` writes it to train/feature_schema.json).
//
// There are three tables: of a phone that was said, of a gap between words, and of the reading as a
// whole. A network takes the features of a table as one row, in the order of the table. Its model
// file has the hash of the schema that it was trained on; one of another schema is not loaded.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "acoustic/embeddings_to_posteriors.h"
#include "acoustic/pcm_to_embeddings.h"
#include "align/phone_evidence.h"
#include "align/token_evidence.h"
#include "base/phone_set.h"

namespace saywell {

// One or several values of a kind.
struct Feature {
  std::string_view name;
  std::size_t size;         // number of values
  double scale;             // measured values are divided by it
  std::string_view source;  // the source of the measurement
};

// Of a phone: the sound in its window, the phone itself, its token. Durations are in frames if the
// name says so, else in seconds.
inline constexpr auto kPhoneFeatures = std::to_array<Feature>({
    {"mean_embedding", kEmbeddingSize, 1, "encoder"},
    {"peak_embedding", kEmbeddingSize, 1, "encoder"},
    {"log_highest_ctc", kPosteriorColumns, 1, "phone head"},
    {"log_mean_framewise", kPosteriorColumns, 1, "phone head"},
    {"substitution_evidence", kPhoneCount, kMaxLogRatio, "phone evidence"},
    {"omission_evidence", 1, kMaxLogRatio, "phone evidence"},
    {"insertion_evidence", 1, kMaxLogRatio, "phone evidence"},
    {"log_window_frames", 1, 1, "alignment"},
    {"peak_log_posterior", 1, 10, "phone head"},
    {"frames_from_middle_to_peak", 1, 10, "alignment"},
    {"log_frames", 1, 1, "alignment"},
    {"log_frames_against_mean", 1, 1, "alignment"},
    {"log_evidence_sum", 1, kMaxLogRatio, "phone evidence"},
    {"level_db", 1, 20, "prosody"},
    {"pitch_semitones", 1, 12, "prosody"},
    {"pitch_slope_semitones", 1, 12, "prosody"},
    {"voiced_share", 1, 1, "prosody"},
    {"pause_before", 1, 1, "alignment"},
    {"pause_after", 1, 1, "alignment"},
    {"is_first_in_token", 1, 1, "text"},
    {"is_last_in_token", 1, 1, "text"},
    {"place_in_token", 1, 10, "text"},
    {"token_phones", 1, 10, "text"},
    {"has_primary_stress", 1, 1, "text"},
    {"has_secondary_stress", 1, 1, "text"},
    {"is_vowel", 1, 1, "text"},
    {"is_first_in_part", 1, 1, "text"},
    {"is_last_in_part", 1, 1, "text"},
    {"mean_log_frames", 1, 1, "alignment"},
    {"token_evidence", 1, kMaxTokenRatio, "token evidence"},
    {"token_evidence_per_phone", 1, 10, "token evidence"},
    {"token_distance", 1, 1, "greedy decode"},
    {"token_decoded_phones_per_phone", 1, 1, "greedy decode"},
    {"token_frames_per_phone", 1, 10, "alignment"},
    {"other_phones_before", 1, 6, "greedy decode"},
    {"other_phones_after", 1, 6, "greedy decode"},
});

// Of a gap before a word, or behind the last: the sound there, the path's events there, and the
// words on either side.
inline constexpr auto kGapFeatures = std::to_array<Feature>({
    {"mean_embedding", kEmbeddingSize, 1, "encoder"},
    {"peak_embedding", kEmbeddingSize, 1, "encoder"},
    {"log_highest_ctc", kPosteriorColumns, 1, "phone head"},
    {"log_mean_framewise", kPosteriorColumns, 1, "phone head"},
    {"is_empty", 1, 1, "alignment"},
    {"log_frames", 1, 1, "alignment"},
    {"spoken_frames", 1, 5, "phone head"},
    {"log1p_spoken_frames", 1, 1, "phone head"},
    {"log1p_silent_frames", 1, 1, "phone head"},
    {"log1p_other_frames", 1, 1, "phone head"},
    {"decoded_phones", 1, 6, "greedy decode"},
    {"decoded_vowels", 1, 3, "greedy decode"},
    {"surest_vowel", 1, 1, "greedy decode"},
    {"surest_phone", 1, 1, "greedy decode"},
    {"distance_from_before", 1, 1, "greedy decode"},
    {"distance_from_after", 1, 1, "greedy decode"},
    {"other_speech_events", 1, 1, "alignment"},
    {"log1p_other_speech_frames", 1, 1, "alignment"},
    {"other_speech_phones", 1, 6, "greedy decode"},
    {"earlier_attempts", 1, 1, "alignment"},
    {"other_speech_distance_from_before", 1, 1, "greedy decode"},
    {"other_speech_distance_from_after", 1, 1, "greedy decode"},
    {"omitted_tokens", 1, 1, "alignment"},
    {"gap_evidence", 1, kMaxTokenRatio, "token evidence"},
    {"is_at_start", 1, 1, "alignment"},
    {"is_at_end", 1, 1, "alignment"},
    {"evidence_against_before", 1, 10, "token evidence"},
    {"evidence_against_after", 1, 10, "token evidence"},
});

// Of the reading of a part as a whole.
inline constexpr auto kReadingFeatures = std::to_array<Feature>({
    {"phones_per_second", 1, 10, "alignment"},
    {"phones_per_spoken_second", 1, 10, "alignment"},
    {"pause_share", 1, 1, "alignment"},
    {"pauses_per_token", 1, 1, "alignment"},
    {"long_pauses_per_token", 1, 1, "alignment"},
    {"longest_pause", 1, 1, "alignment"},
    {"log_duration", 1, 1, "alignment"},
    {"log_tokens", 1, 1, "text"},
    {"phones_per_token", 1, 5, "alignment"},
    {"mean_log_frames", 1, 1, "alignment"},
    {"log_frames_deviation", 1, 1, "alignment"},
    {"vowel_variability", 1, 1, "alignment"},
    {"vowel_variability_deviation", 1, 1, "alignment"},
    {"pitch_deviation_semitones", 1, 3, "prosody"},
    {"pitch_range_semitones", 1, 12, "prosody"},
    {"level_deviation_db", 1, 5, "prosody"},
    {"mean_evidence", 1, kMaxLogRatio, "phone evidence"},
    {"evidence_deviation", 1, kMaxLogRatio, "phone evidence"},
    {"omissions_per_token", 1, 1, "alignment"},
    {"other_speech_per_token", 1, 1, "alignment"},
    {"earlier_attempts_per_token", 1, 1, "alignment"},
    {"median_f0_hz", 1, 200, "prosody"},
    {"mean_pause", 1, 1, "alignment"},
    {"tokens_per_second", 1, 3, "alignment"},
});

// The number of values in a row of a table, or in its first features.
constexpr std::size_t row_size(std::span<const Feature> table) {
  std::size_t size = 0;
  for (const Feature& feature : table) size += feature.size;
  return size;
}

inline constexpr std::size_t kPhoneRowSize = row_size(kPhoneFeatures);
inline constexpr std::size_t kGapRowSize = row_size(kGapFeatures);
inline constexpr std::size_t kReadingRowSize = row_size(kReadingFeatures);

// The tables by name, in the order in which the hash reads them.
struct FeatureTable {
  std::string_view name;
  std::span<const Feature> features;
};
inline constexpr std::array<FeatureTable, 3> kFeatureTables = {
    {{"phone", kPhoneFeatures}, {"gap", kGapFeatures}, {"reading", kReadingFeatures}}};

// Sixteen hexadecimal digits, which depend on every name, size, scale, source and on the order.
const std::string& feature_schema_hash();

// {"hash": …, "phone": [{"name": …, "size": …, "scale": …, "source": …}, …], "gap": …, "reading":
// …}
std::string feature_schema_json();

}  // namespace saywell
