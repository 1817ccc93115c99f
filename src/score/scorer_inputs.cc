#include "score/scorer_inputs.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "align/heard_phones.h"
#include "align/token_evidence.h"
#include "base/sound_distance.h"
#include "score/row_sounds.h"

namespace saywell {
namespace {

constexpr double kPauseS = 0.2;
constexpr double kLongPauseS = 0.5;
constexpr std::size_t kMostOther = 6;  // phones of other speech beside a token that count

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

using TokenNumbers = std::array<float, kTokenNumbers>;

class InputsMaker {
 public:
  InputsMaker(const Reading& reading, std::span<const Embeddings> chunks,
              const Posteriors& posteriors, const Prosody& prosody)
      : reading_(reading),
        posteriors_(posteriors),
        prosody_(prosody),
        sounds_(chunks, posteriors) {}

  ScorerInputs make(std::size_t first_token, std::size_t end_token) {
    first_phone_ = reading_.tokens[first_token].first_phone;
    end_phone_ = reading_.tokens[end_token - 1].end_phone;
    measure_durations();
    ScorerInputs inputs;
    TokenNumbers token_numbers{};
    for (std::size_t p = first_phone_; p < end_phone_; ++p) {
      const ReadPhone& phone = reading_.phones[p];
      if (!phone.read) continue;
      if (inputs.word_tokens.empty() || inputs.word_tokens.back() != phone.token) {
        inputs.word_tokens.push_back(phone.token);
        token_numbers = numbers_of(reading_.tokens[phone.token]);
      }
      inputs.phone_ids.push_back(phone.phone);
      inputs.phone_indices.push_back(p);
      inputs.phone_words.push_back(inputs.word_tokens.size() - 1);
      add_phone(p, inputs.phone_rows);
      inputs.phone_rows.insert(inputs.phone_rows.end(), token_numbers.begin(), token_numbers.end());
    }
    inputs.reading = reading_numbers(first_token, end_token);
    return inputs;
  }

 private:
  TimeRegion time_of(const RowSpan& rows) const {
    return {row_begin_s(posteriors_, rows.begin), row_end_s(posteriors_, rows.end - 1)};
  }

  // Seconds of silence between a read phone and the one read before it; 0 at the start.
  double pause_before(std::size_t p) const {
    for (std::size_t q = p; q-- > first_phone_;) {
      if (!reading_.phones[q].read) continue;
      return std::max(
          0.0, time_of(reading_.phones[p].rows).start_s - time_of(reading_.phones[q].rows).end_s);
    }
    return 0;
  }

  double pause_after(std::size_t p) const {
    for (std::size_t q = p + 1; q < end_phone_; ++q) {
      if (reading_.phones[q].read) return pause_before(q);
    }
    return 0;
  }

  void measure_durations() {
    log_durations_.clear();
    for (std::size_t p = first_phone_; p < end_phone_; ++p) {
      const ReadPhone& phone = reading_.phones[p];
      if (phone.read) log_durations_.push_back(std::log(static_cast<double>(phone.rows.size())));
    }
    mean_log_duration_ = mean_of(log_durations_);
  }

  void add_evidence(const PhoneEvidence& evidence, std::vector<float>& out) const {
    for (const float ratio : evidence.replaced) out.push_back(ratio / kMaxLogRatio);
    out.push_back(evidence.left_out / kMaxLogRatio);
    out.push_back(evidence.added_after / kMaxLogRatio);
  }

  void add_phone(std::size_t p, std::vector<float>& out) const {
    const ReadPhone& phone = reading_.phones[p];
    const ReadToken& token = reading_.tokens[phone.token];
    sounds_.add(phone.place.rows, phone.place.peak_row, out);
    add_evidence(phone.evidence, out);
    const ProsodyOfStretch prosody = prosody_of(prosody_, time_of(phone.rows));
    const float log_duration = std::log(static_cast<float>(phone.rows.size()));
    double all = 0;
    for (const float ratio : phone.evidence.replaced) all += std::exp(ratio);
    const std::size_t size = token.end_phone - token.first_phone, at = p - token.first_phone;
    const double middle_row = static_cast<double>(phone.rows.begin + phone.rows.end - 1) / 2;
    const std::array<float, 22> numbers = {
        std::log(static_cast<float>(phone.place.rows.size())),
        std::max(-10.0F, posteriors_.ctc_row(phone.place.peak_row)[phone.phone + 1U]) / 10,
        static_cast<float>(
            std::clamp(static_cast<double>(phone.place.peak_row) - middle_row, -20.0, 20.0)) /
            10,
        log_duration,
        log_duration - static_cast<float>(mean_log_duration_),
        static_cast<float>(std::log(all + std::exp(phone.evidence.left_out))) / kMaxLogRatio,
        prosody.level_db / 20,
        prosody.pitch_semitones / 12,
        prosody.pitch_slope / 12,
        prosody.voiced_share,
        static_cast<float>(std::min(2.0, pause_before(p))),
        static_cast<float>(std::min(2.0, pause_after(p))),
        at == 0 ? 1.0F : 0.0F,
        at + 1 == size ? 1.0F : 0.0F,
        static_cast<float>(at) / 10,
        static_cast<float>(size) / 10,
        phone.stress == 1 ? 1.0F : 0.0F,
        phone.stress == 2 ? 1.0F : 0.0F,
        is_vowel(phone.phone) ? 1.0F : 0.0F,
        p == first_phone_ ? 1.0F : 0.0F,
        p + 1 == end_phone_ ? 1.0F : 0.0F,
        static_cast<float>(mean_log_duration_)};
    out.insert(out.end(), numbers.begin(), numbers.end());
  }

  // How many phones of other speech event `e` of the path is; 0 where there is none.
  std::size_t other_phones(std::size_t e) const {
    const std::vector<ReadingEvent>& events = reading_.path.events;
    if (e >= events.size() || events[e].kind != ReadingEvent::Kind::kOtherSpeech) return 0;
    return hear_phones(posteriors_, {events[e].begin_row, events[e].end_row}).size();
  }

  // Of the token as a whole, the same for each of its phones.
  TokenNumbers numbers_of(const ReadToken& token) const {
    const std::size_t e = *token.event;
    const ReadingEvent& event = reading_.path.events[e];
    const std::vector<PhoneId> heard =
        ids_of(hear_phones(posteriors_, {event.begin_row, event.end_row}));
    const std::vector<PhoneId>& asked = reading_.variants[event.token][event.variant].phones;
    const float size = static_cast<float>(asked.size());
    return {reading_.event_evidence[e] / kMaxTokenRatio,
            std::clamp(reading_.event_evidence[e] / size, -10.0F, 10.0F) / 10,
            static_cast<float>(sound_distance(heard, asked)) / size,
            static_cast<float>(heard.size()) / size,
            static_cast<float>(event.end_row - event.begin_row) / size / 10,
            static_cast<float>(std::min(kMostOther, e > 0 ? other_phones(e - 1) : 0)) / kMostOther,
            static_cast<float>(std::min(kMostOther, other_phones(e + 1))) / kMostOther};
  }

  struct Pace {
    double begin_s = 0, end_s = 0;
    double pauses_s = 0, longest_pause_s = 0;
    int phones = 0, pauses = 0, long_pauses = 0;
    std::vector<double> pitches, levels, vowel_changes, evidence;
  };

  Pace measure_pace() const {
    Pace pace;
    double last_vowel = -1;
    for (std::size_t p = first_phone_; p < end_phone_; ++p) {
      const ReadPhone& phone = reading_.phones[p];
      if (!phone.read) continue;
      const TimeRegion time = time_of(phone.rows);
      if (pace.phones++ == 0) pace.begin_s = time.start_s;
      pace.end_s = time.end_s;
      const double pause_s = pause_before(p);
      if (pause_s >= kPauseS) {
        ++pace.pauses;
        pace.long_pauses += pause_s >= kLongPauseS ? 1 : 0;
        pace.pauses_s += pause_s;
        pace.longest_pause_s = std::max(pace.longest_pause_s, pause_s);
      }
      pace.evidence.push_back(
          *std::max_element(phone.evidence.replaced.begin(), phone.evidence.replaced.end()));
      if (!is_vowel(phone.phone)) continue;
      const ProsodyOfStretch prosody = prosody_of(prosody_, time);
      if (prosody.voiced_share > 0) pace.pitches.push_back(prosody.pitch_semitones);
      pace.levels.push_back(prosody.level_db);
      // Normalised pairwise variability of vowel durations (Grabe & Low 2002).
      const double duration = time.duration_s();
      if (last_vowel > 0)
        pace.vowel_changes.push_back(std::abs(duration - last_vowel) / (duration + last_vowel) * 2);
      last_vowel = duration;
    }
    return pace;
  }

  std::vector<float> reading_numbers(std::size_t first_token, std::size_t end_token) const {
    const Pace pace = measure_pace();
    const double span_s = std::max(0.1, pace.end_s - pace.begin_s);
    const double spoken_s = std::max(0.1, span_s - pace.pauses_s);
    const double tokens = static_cast<double>(end_token - first_token);
    double left_out = 0;
    for (std::size_t t = first_token; t < end_token; ++t)
      left_out += reading_.tokens[t].event ? 0 : 1;
    double other = 0, again = 0;
    std::vector<int> tries(reading_.tokens.size(), 0);
    for (const ReadingEvent& event : reading_.path.events) {
      if (event.kind == ReadingEvent::Kind::kOtherSpeech) {
        other += event.token >= first_token && event.token <= end_token ? 1 : 0;
      } else if (event.token >= first_token && event.token < end_token &&
                 ++tries[event.token] > 1) {
        ++again;
      }
    }
    const auto [low, high] = std::minmax_element(pace.pitches.begin(), pace.pitches.end());
    const double pitch_range = pace.pitches.empty() ? 0 : *high - *low;
    const std::array<double, kReadingNumbers> numbers = {
        pace.phones / span_s / 10,
        pace.phones / spoken_s / 10,
        pace.pauses_s / span_s,
        pace.pauses / tokens,
        pace.long_pauses / tokens,
        pace.longest_pause_s,
        std::log(span_s),
        std::log(tokens),
        pace.phones / tokens / 5,
        mean_log_duration_,
        deviation_of(log_durations_),
        mean_of(pace.vowel_changes),
        deviation_of(pace.vowel_changes),
        deviation_of(pace.pitches) / 3,
        pitch_range / 12,
        deviation_of(pace.levels) / 5,
        mean_of(pace.evidence) / kMaxLogRatio,
        deviation_of(pace.evidence) / kMaxLogRatio,
        left_out / tokens,
        other / tokens,
        again / tokens,
        prosody_.median_f0_hz / 200.0,
        pace.pauses > 0 ? pace.pauses_s / pace.pauses : 0,
        tokens / span_s / 3};
    return {numbers.begin(), numbers.end()};
  }

  const Reading& reading_;
  const Posteriors& posteriors_;
  const Prosody& prosody_;
  RowSounds sounds_;
  std::size_t first_phone_ = 0, end_phone_ = 0;
  std::vector<double> log_durations_;
  double mean_log_duration_ = 0;
};

}  // namespace

ScorerInputs make_scorer_inputs(const Reading& reading, std::span<const Embeddings> chunks,
                                const Posteriors& posteriors, const Prosody& prosody,
                                std::size_t first_token, std::size_t end_token) {
  return InputsMaker(reading, chunks, posteriors, prosody).make(first_token, end_token);
}

}  // namespace saywell
