#include "format/textgrid.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace saywell {
namespace {

struct Interval {
  long long start_ms;
  long long end_ms;
  std::string text;
};

struct Tier {
  std::string_view name;
  std::vector<Interval> intervals;
};

void add(Tier& tier, const std::optional<TimeSpanMs>& time, std::string text) {
  if (time)
    tier.intervals.push_back({shown_ms(time->start_ms), shown_ms(time->end_ms), std::move(text)});
}

// The intervals in order, with empty ones between, from 0 to `duration_ms`.
std::vector<Interval> without_gaps(std::vector<Interval> spoken, long long duration_ms) {
  std::stable_sort(spoken.begin(), spoken.end(),
                   [](const Interval& a, const Interval& b) { return a.start_ms < b.start_ms; });
  std::vector<Interval> all;
  long long covered_ms = 0;
  for (Interval& interval : spoken) {
    const long long start_ms = std::max(interval.start_ms, covered_ms);
    const long long end_ms = std::min(interval.end_ms, duration_ms);
    if (end_ms <= start_ms) continue;
    if (start_ms > covered_ms) all.push_back({covered_ms, start_ms, ""});
    all.push_back({start_ms, end_ms, std::move(interval.text)});
    covered_ms = end_ms;
  }
  if (covered_ms < duration_ms) all.push_back({covered_ms, duration_ms, ""});
  return all;
}

std::string seconds(long long time_ms) {
  std::array<char, 32> text;
  std::snprintf(text.data(), text.size(), "%lld.%03lld", time_ms / 1000, time_ms % 1000);
  return text.data();
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';  // Praat doubles a quote
    out += c;
  }
  return out + '"';
}

void append_tier(std::string& out, const Tier& tier, std::size_t number, long long duration_ms) {
  const std::vector<Interval> intervals = without_gaps(tier.intervals, duration_ms);
  out += "    item [" + std::to_string(number) +
         "]:\n        class = \"IntervalTier\"\n        name = " + quoted(tier.name) +
         "\n        xmin = 0\n        xmax = " + seconds(duration_ms) +
         "\n        intervals: size = " + std::to_string(intervals.size()) + '\n';
  for (std::size_t i = 0; i < intervals.size(); ++i) {
    out += "        intervals [" + std::to_string(i + 1) +
           "]:\n            xmin = " + seconds(intervals[i].start_ms) +
           "\n            xmax = " + seconds(intervals[i].end_ms) +
           "\n            text = " + quoted(intervals[i].text) + '\n';
  }
}

std::array<Tier, 4> tiers_of(const Assessment& assessment, Alphabet alphabet) {
  Tier words{"words", {}}, phones{"phones", {}}, heard{"heard", {}}, extra{"extra", {}};
  for (const WordResult& word : assessment.words) {
    add(words, word.time, word.text);
    for (const PhoneResult& phone : word.phones) {
      add(phones, phone.time, shown_phone(phone.phone, alphabet));
      add(heard, phone.time, shown_phone(phone.heard.phone, alphabet));
    }
  }
  for (const ExtraSpeech& speech : assessment.extra) {
    add(extra, speech.time, shown_phones(speech.text, alphabet));
  }
  return {std::move(words), std::move(phones), std::move(heard), std::move(extra)};
}

std::string textgrid_of(std::span<const Tier> tiers, double audio_ms) {
  const long long duration_ms = std::max(1LL, shown_ms(audio_ms));
  std::string out = "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\nxmin = 0\nxmax = " +
                    seconds(duration_ms) +
                    "\ntiers? <exists>\nsize = " + std::to_string(tiers.size()) + "\nitem []:\n";
  for (std::size_t i = 0; i < tiers.size(); ++i) append_tier(out, tiers[i], i + 1, duration_ms);
  return out;
}

}  // namespace

std::string assessment_to_textgrid(const Assessment& assessment, Alphabet alphabet) {
  return textgrid_of(tiers_of(assessment, alphabet), assessment.audio_ms);
}

std::string transcript_to_textgrid(const Transcript& transcript) {
  Tier words{"words", {}};
  for (const TranscriptWord& word : transcript.words) add(words, word.time, word.text);
  return textgrid_of({&words, 1}, transcript.audio_ms);
}

}  // namespace saywell
