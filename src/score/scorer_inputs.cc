#include "score/scorer_inputs.h"

#include <algorithm>
#include <cmath>

#include "align/greedy_decode.h"
#include "align/token_evidence.h"
#include "base/sound_distance.h"
#include "score/feature_row.h"
#include "score/segment_features.h"

namespace saywell {
namespace {

constexpr double kPauseS = 0.2;
constexpr double kLongPauseS = 0.5;
constexpr double kLongestPauseS = 2.0;       // beside a phone, that counts
constexpr std::size_t kMostOtherPhones = 6;  // of other speech beside a token, that count

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return values.empty() ? 0 : sum / static_cast<double>(values.size());
}

double deviation_of(const std::vector<double>& values) {
  const double mean = mean_of(values);
  double sum = 0;
  for (const double value : values) sum += (value - mean) * (value - mean);
  return values.empty() ? 0 : std::sqrt(sum / static_cast<double>(values.size()));
}

double as_number(bool value) { return value ? 1 : 0; }

// A phone of the part that was said, and its place.
struct SaidPhone {
  const AlignedPhone* phone;
  std::size_t token;
  std::size_t place;  // in its token
  std::size_t index;  // among the canonical phones of the text
  TimeRegion time;
  double pause_before_s;  // silence since the phone said before it; 0 at the start of the part
};

// The pace of the phones of a part.
struct Pace {
  double begin_s = 0, end_s = 0;
  double pauses_s = 0, longest_pause_s = 0;
  int phones = 0, pauses = 0, long_pauses = 0;
  std::vector<double> pitches, levels, vowel_changes, evidence;
};

// Measures of a token as a whole; the same for each of its phones.
struct TokenMeasures {
  float evidence, evidence_per_phone, distance, decoded_phones, frames;
  std::size_t other_before, other_after;
};

class InputsBuilder {
 public:
  InputsBuilder(const Alignment& alignment, std::span<const Embeddings> chunks,
                const Posteriors& posteriors, const Prosody& prosody)
      : alignment_(alignment),
        posteriors_(posteriors),
        prosody_(prosody),
        segments_(chunks, posteriors) {}

  ScorerInputs build(std::size_t first_token, std::size_t end_token) {
    list_phones(first_token, end_token);
    measure_durations();
    ScorerInputs inputs;
    TokenMeasures token{};
    for (std::size_t i = 0; i < phones_.size(); ++i) {
      const SaidPhone& phone = phones_[i];
      if (phone.place == 0) {
        inputs.word_tokens.push_back(phone.token);
        token = measure_token(*alignment_.last_attempt(phone.token));
      }
      inputs.phone_ids.push_back(phone.phone->phone);
      inputs.phone_indices.push_back(phone.index);
      inputs.phone_words.push_back(inputs.word_tokens.size() - 1);
      PhoneFeatureRow row(inputs.phone_features);
      add_sound(phone, row);
      add_place(i, first_token, end_token, row);
      add_token(token, row);
    }
    add_reading(first_token, end_token, inputs.reading_features);
    return inputs;
  }

 private:
  void list_phones(std::size_t first_token, std::size_t end_token) {
    phones_.clear();
    for (std::size_t token = first_token; token < end_token; ++token) {
      const std::span<const AlignedPhone> phones = alignment_.phones(token);
      for (std::size_t place = 0; place < phones.size(); ++place) {
        const TimeRegion time = posteriors_.time_of(phones[place].frames);
        const double pause_s =
            phones_.empty() ? 0 : std::max(0.0, time.start_s - phones_.back().time.end_s);
        phones_.push_back(
            {&phones[place], token, place, alignment_.first_phone(token) + place, time, pause_s});
      }
    }
  }

  void measure_durations() {
    log_frames_.clear();
    for (const SaidPhone& said : phones_)
      log_frames_.push_back(std::log(static_cast<double>(said.phone->frames.size())));
    mean_log_frames_ = mean_of(log_frames_);
  }

  // The phone as it was heard.
  void add_sound(const SaidPhone& said, PhoneFeatureRow& row) const {
    const AlignedPhone& phone = *said.phone;
    segments_.measure(phone.window, phone.peak_frame, row);
    const PhoneEvidence& evidence = phone.evidence;
    std::ranges::transform(evidence.substitution, row.values("substitution_evidence").begin(),
                           [](float ratio) { return ratio / kMaxLogRatio; });
    row.set("omission_evidence", evidence.omission);
    row.set("insertion_evidence", evidence.insertion);
    double all = 0;
    for (const float ratio : evidence.substitution) all += std::exp(ratio);
    row.set("log_evidence_sum", static_cast<float>(std::log(all + std::exp(evidence.omission))));
    row.set("log_window_frames", std::log(static_cast<float>(phone.window.size())));
    row.set("peak_log_posterior",
            std::max(-10.0F, posteriors_.ctc_at(phone.peak_frame)[phone.phone + 1U]));
    const double middle = static_cast<double>(phone.frames.begin + phone.frames.end - 1) / 2;
    row.set("frames_from_middle_to_peak",
            std::clamp(static_cast<double>(phone.peak_frame) - middle, -20.0, 20.0));
    const ProsodyOfStretch prosody = prosody_of(prosody_, said.time);
    row.set("level_db", prosody.level_db);
    row.set("pitch_semitones", prosody.pitch_semitones);
    row.set("pitch_slope_semitones", prosody.pitch_slope);
    row.set("voiced_share", prosody.voiced_share);
  }

  // The phone's duration, and its place in token and part.
  void add_place(std::size_t i, std::size_t first_token, std::size_t end_token,
                 PhoneFeatureRow& row) const {
    const SaidPhone& said = phones_[i];
    const float log_frames = std::log(static_cast<float>(said.phone->frames.size()));
    row.set("log_frames", log_frames);
    row.set("log_frames_against_mean", log_frames - static_cast<float>(mean_log_frames_));
    row.set("mean_log_frames", mean_log_frames_);
    const double pause_after_s = i + 1 < phones_.size() ? phones_[i + 1].pause_before_s : 0;
    row.set("pause_before", std::min(kLongestPauseS, said.pause_before_s));
    row.set("pause_after", std::min(kLongestPauseS, pause_after_s));
    const std::size_t size = alignment_.phones(said.token).size();
    row.set("is_first_in_token", as_number(said.place == 0));
    row.set("is_last_in_token", as_number(said.place + 1 == size));
    row.set("place_in_token", static_cast<double>(said.place));
    row.set("token_phones", static_cast<double>(size));
    row.set("has_primary_stress", as_number(said.phone->stress == 1));
    row.set("has_secondary_stress", as_number(said.phone->stress == 2));
    row.set("is_vowel", as_number(is_vowel(said.phone->phone)));
    row.set("is_first_in_part", as_number(said.index == alignment_.first_phone(first_token)));
    row.set("is_last_in_part", as_number(said.index + 1 == alignment_.first_phone(end_token)));
  }

  static void add_token(const TokenMeasures& token, PhoneFeatureRow& row) {
    row.set("token_evidence", token.evidence);
    row.set("token_evidence_per_phone", token.evidence_per_phone);
    row.set("token_distance", token.distance);
    row.set("token_decoded_phones_per_phone", token.decoded_phones);
    row.set("token_frames_per_phone", token.frames);
    row.set("other_phones_before",
            static_cast<double>(std::min(kMostOtherPhones, token.other_before)));
    row.set("other_phones_after",
            static_cast<double>(std::min(kMostOtherPhones, token.other_after)));
  }

  // The number of phones of other speech of an event; 0: none.
  std::size_t other_phones(std::size_t e) const {
    const std::vector<AlignedEvent>& events = alignment_.events();
    if (e >= events.size() || !events[e].is_other_speech()) return 0;
    return greedy_decode(posteriors_, events[e].frames).size();
  }

  TokenMeasures measure_token(std::size_t e) const {
    const AlignedEvent& event = alignment_.events()[e];
    const std::vector<PhoneId> decoded = ids_of(greedy_decode(posteriors_, event.frames));
    const std::vector<PhoneId>& asked = alignment_.variant(event.token).phones;
    const auto size = static_cast<float>(asked.size());
    TokenMeasures token{};
    token.evidence = event.evidence;
    token.evidence_per_phone = std::clamp(event.evidence / size, -10.0F, 10.0F);
    token.distance = static_cast<float>(sound_distance(decoded, asked)) / size;
    token.decoded_phones = static_cast<float>(decoded.size()) / size;
    token.frames = static_cast<float>(event.frames.size()) / size;
    token.other_before = e > 0 ? other_phones(e - 1) : 0;
    token.other_after = other_phones(e + 1);
    return token;
  }

  Pace measure_pace() const {
    Pace pace;
    double last_vowel_s = -1;
    for (const SaidPhone& said : phones_) {
      if (pace.phones++ == 0) pace.begin_s = said.time.start_s;
      pace.end_s = said.time.end_s;
      if (said.pause_before_s >= kPauseS) {
        ++pace.pauses;
        pace.long_pauses += said.pause_before_s >= kLongPauseS ? 1 : 0;
        pace.pauses_s += said.pause_before_s;
        pace.longest_pause_s = std::max(pace.longest_pause_s, said.pause_before_s);
      }
      pace.evidence.push_back(*std::ranges::max_element(said.phone->evidence.substitution));
      if (!is_vowel(said.phone->phone)) continue;
      const ProsodyOfStretch prosody = prosody_of(prosody_, said.time);
      if (prosody.voiced_share > 0) pace.pitches.push_back(prosody.pitch_semitones);
      pace.levels.push_back(prosody.level_db);
      // Normalised pairwise variability of vowel durations (Grabe & Low 2002).
      const double vowel_s = said.time.duration_s();
      if (last_vowel_s > 0) {
        pace.vowel_changes.push_back(std::abs(vowel_s - last_vowel_s) / (vowel_s + last_vowel_s) *
                                     2);
      }
      last_vowel_s = vowel_s;
    }
    return pace;
  }

  void add_reading(std::size_t first_token, std::size_t end_token, std::vector<float>& out) const {
    const Pace pace = measure_pace();
    const double span_s = std::max(0.1, pace.end_s - pace.begin_s);
    const double spoken_s = std::max(0.1, span_s - pace.pauses_s);
    const auto tokens = static_cast<double>(end_token - first_token);
    ReadingFeatureRow row(out);
    row.set("phones_per_second", pace.phones / span_s);
    row.set("phones_per_spoken_second", pace.phones / spoken_s);
    row.set("pause_share", pace.pauses_s / span_s);
    row.set("pauses_per_token", pace.pauses / tokens);
    row.set("long_pauses_per_token", pace.long_pauses / tokens);
    row.set("longest_pause", pace.longest_pause_s);
    row.set("mean_pause", pace.pauses > 0 ? pace.pauses_s / pace.pauses : 0);
    row.set("log_duration", std::log(span_s));
    row.set("log_tokens", std::log(tokens));
    row.set("phones_per_token", pace.phones / tokens);
    row.set("tokens_per_second", tokens / span_s);
    row.set("mean_log_frames", mean_log_frames_);
    row.set("log_frames_deviation", deviation_of(log_frames_));
    row.set("vowel_variability", mean_of(pace.vowel_changes));
    row.set("vowel_variability_deviation", deviation_of(pace.vowel_changes));
    const auto [low, high] = std::ranges::minmax_element(pace.pitches);
    row.set("pitch_deviation_semitones", deviation_of(pace.pitches));
    row.set("pitch_range_semitones", pace.pitches.empty() ? 0 : *high - *low);
    row.set("level_deviation_db", deviation_of(pace.levels));
    row.set("mean_evidence", mean_of(pace.evidence));
    row.set("evidence_deviation", deviation_of(pace.evidence));
    row.set("median_f0_hz", prosody_.median_f0_hz);
    add_miscues(first_token, end_token, row);
  }

  // Events of the path beside a single attempt at each token of the part.
  void add_miscues(std::size_t first_token, std::size_t end_token, ReadingFeatureRow& row) const {
    const auto tokens = static_cast<double>(end_token - first_token);
    double omitted = 0, other = 0, earlier = 0;
    for (std::size_t token = first_token; token < end_token; ++token)
      omitted += as_number(!alignment_.is_matched(token));
    for (std::size_t e = 0; e < alignment_.events().size(); ++e) {
      const AlignedEvent& event = alignment_.events()[e];
      if (event.is_other_speech()) {
        other += as_number(event.token >= first_token && event.token <= end_token);
      } else if (event.token >= first_token && event.token < end_token) {
        earlier += as_number(!alignment_.is_last_attempt(e));
      }
    }
    row.set("omissions_per_token", omitted / tokens);
    row.set("other_speech_per_token", other / tokens);
    row.set("earlier_attempts_per_token", earlier / tokens);
  }

  const Alignment& alignment_;
  const Posteriors& posteriors_;
  const Prosody& prosody_;
  SegmentFeatures segments_;
  std::vector<SaidPhone> phones_;
  std::vector<double> log_frames_;  // of the phones said
  double mean_log_frames_ = 0;
};

}  // namespace

ScorerInputs make_scorer_inputs(const Alignment& alignment, std::span<const Embeddings> chunks,
                                const Posteriors& posteriors, const Prosody& prosody,
                                std::size_t first_token, std::size_t end_token) {
  return InputsBuilder(alignment, chunks, posteriors, prosody).build(first_token, end_token);
}

}  // namespace saywell
