#include "assess/delivery.h"

#include <algorithm>
#include <functional>
#include <span>

namespace saywell {
namespace {

constexpr double kPauseMs = 200;          // a silence a listener notices inside a sentence
constexpr double kGoodStress = 49.5;      // word stress, as an answer rounds it to 50
constexpr float kRisingSemitones = 1.5F;  // over the word's last third
constexpr double kPausePenalty = 12;      // points per pause where none belongs …
constexpr double kSilencePenalty = 60;    // … and the share of the reading that such pauses take

bool punctuation_follows(const ReferenceText& text, std::string_view ref_text, std::size_t t) {
  const std::size_t end = t + 1 < text.tokens.size() ? text.tokens[t + 1].begin : ref_text.size();
  const std::string_view between = ref_text.substr(text.tokens[t].end, end - text.tokens[t].end);
  return between.find_first_of(",;:.!?") != std::string_view::npos ||
         between.find("\u2014") != std::string_view::npos;
}

void mark_rising(const Analysis& analysis, std::vector<WordResult>& words) {
  for (WordResult& word : words) {
    if (!word.time) continue;
    const TimeRegion time{word.time->start_ms / 1000, word.time->end_ms / 1000};
    word.rising_heard = prosody_of(analysis.prosody, time).pitch_slope > kRisingSemitones;
  }
}

// Silence between a word and the next one that was said, in ms.
double pause_after_ms(const std::vector<WordResult>& words, std::size_t w, std::size_t end) {
  for (std::size_t next = w + 1; next < end && words[w].time; ++next) {
    if (words[next].time) return std::max(0.0, words[next].time->start_ms - words[w].time->end_ms);
  }
  return 0;
}

// Share of words whose asked property was met; nothing asked is met.
template <class IsMet>
double share_met(std::span<const WordResult> words, bool WordResult::*asked, const IsMet& is_met,
                 double otherwise) {
  double met = 0, count = 0;
  for (const WordResult& word : words) {
    if (!(word.*asked)) continue;
    ++count;
    met += is_met(word) ? 1 : 0;
  }
  return count > 0 ? 100 * met / count : otherwise;
}

}  // namespace

void add_delivery(const Analysis& analysis, const ReferenceText& text, std::string_view ref_text,
                  std::vector<WordResult>& words) {
  mark_rising(analysis, words);
  for (std::size_t w = 0; w < words.size(); ++w) {
    const Token& token = text.tokens[w];
    words[w].stressed_asked = token.stressed.value_or(false);
    words[w].rising_asked = token.rising.value_or(false);
    words[w].pause_asked =
        token.pause_after.value_or(punctuation_follows(text, ref_text, w) && w + 1 < words.size());
    const double pause_ms = pause_after_ms(words, w, words.size());
    words[w].pause_heard = pause_ms >= kPauseMs;
    const double unasked_ms = words[w].pause_asked || !words[w].pause_heard ? 0 : pause_ms;
    words[w].fluency = words[w].time ? std::clamp(100 - unasked_ms / 10, 0.0, 100.0) : 0;
  }
}

void rate_delivery(const std::vector<WordResult>& words, std::size_t first, std::size_t end,
                   ReadingScores& scores) {
  double said = 0, unasked = 0, unasked_ms = 0, begin_ms = -1, end_ms = 0, stress = 0;
  for (std::size_t w = first; w < end; ++w) {
    if (!words[w].time) continue;
    if (begin_ms < 0) begin_ms = words[w].time->start_ms;
    end_ms = std::max(end_ms, words[w].time->end_ms);
    stress += words[w].stress_score;
    ++said;
    if (words[w].pause_asked || !words[w].pause_heard || w + 1 == end) continue;
    ++unasked;
    unasked_ms += pause_after_ms(words, w, end);
  }
  if (said == 0) return;
  const double span_ms = std::max(1.0, end_ms - begin_ms);
  scores.fluency.speed = said / span_ms * 60000;
  const double penalty =
      kPausePenalty * unasked / std::max(1.0, said / 5) + kSilencePenalty * unasked_ms / span_ms;
  scores.fluency.pause = std::clamp(100 - penalty, 0.0, 100.0);
  if (!scores.rhythm) return;
  const std::span part(words.data() + first, end - first);
  RhythmResult& rhythm = *scores.rhythm;
  // By the word's own score, which the answer shows beside the mark.
  rhythm.stress = share_met(
      part, &WordResult::stressed_asked,
      [](const WordResult& word) { return word.stress_score >= kGoodStress; }, stress / said);
  rhythm.sense =
      share_met(part, &WordResult::pause_asked, std::mem_fn(&WordResult::pause_heard), 100.0) / 2 +
      scores.fluency.pause / 2;
  rhythm.tone = share_met(part, &WordResult::rising_asked, std::mem_fn(&WordResult::rising_heard),
                          rhythm.overall);
}

}  // namespace saywell
