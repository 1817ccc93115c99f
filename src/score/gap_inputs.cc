#include "score/gap_inputs.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "align/heard_phones.h"
#include "align/token_evidence.h"
#include "base/sound_distance.h"

namespace saywell {
namespace {

using EventIndex = std::optional<std::size_t>;

float log_of_more(double value) { return static_cast<float>(std::log1p(value)); }

// How far `heard` is from `asked`, a phone of the longer; 1 where there is nothing to compare.
float distance_a_phone(std::span<const PhoneId> heard, std::span<const PhoneId> asked) {
  if (heard.empty() || asked.empty()) return 1;
  return static_cast<float>(sound_distance(heard, asked)) /
         static_cast<float>(std::max(heard.size(), asked.size()));
}

// Between the last tries of two tokens, or before the first and behind the last.
struct Gap {
  EventIndex before, after;  // events of the path
  RowSpan rows;              // between the phones on either side, one at least
  bool is_empty = false;     // there was none between
};

class GapMeasurer {
 public:
  GapMeasurer(const Reading& reading, std::span<const Embeddings> chunks,
              const Posteriors& posteriors)
      : reading_(reading), posteriors_(posteriors), sounds_(chunks, posteriors) {}

  Gap gap_before(std::size_t event) const {
    EventIndex before;
    for (std::size_t e = event; e-- > 0 && !before;) {
      if (is_last_try(e)) before = e;
    }
    return gap_between(before, event);
  }

  Gap gap_behind(std::size_t event) const {
    EventIndex after;
    for (std::size_t e = event + 1; e < reading_.path.events.size() && !after; ++e) {
      if (is_last_try(e)) after = e;
    }
    return gap_between(event, after);
  }

  void add(const Gap& gap, std::vector<float>& out) const {
    sounds_.add(gap.rows, loudest_row(gap.rows), out);
    add_what_was_heard(gap, out);
    add_path_between(gap, out);
    add_sides(gap, out);
  }

 private:
  bool is_last_try(std::size_t e) const {
    const ReadingEvent& event = reading_.path.events[e];
    return event.kind == ReadingEvent::Kind::kToken && reading_.tokens[event.token].event == e;
  }

  Gap gap_between(EventIndex before, EventIndex after) const {
    const std::size_t all = posteriors_.frame_count();
    Gap gap{before, after, {0, all}};
    if (before) gap.rows.begin = reading_.event_places[*before].back().peak_row + 1;
    if (after) gap.rows.end = reading_.event_places[*after].front().peak_row;
    // What is left of these two phones themselves.
    while (before && gap.rows.begin < gap.rows.end &&
           is_heard(phones_of(before).back(), gap.rows.begin))
      ++gap.rows.begin;
    while (after && gap.rows.begin < gap.rows.end &&
           is_heard(phones_of(after).front(), gap.rows.end - 1))
      --gap.rows.end;
    gap.is_empty = gap.rows.end <= gap.rows.begin;
    if (gap.is_empty) {
      gap.rows.begin = std::min(gap.rows.begin, all - 1);
      gap.rows.end = gap.rows.begin + 1;
    }
    return gap;
  }

  bool is_heard(PhoneId phone, std::size_t row) const {
    const auto ctc = posteriors_.ctc_row(row);
    return ctc[phone + 1U] >= *std::max_element(ctc.begin(), ctc.end());
  }

  double blank_at(std::size_t row) const {
    return std::exp(posteriors_.ctc_row(row)[kBlankColumn]);
  }

  // Where it is least likely that nothing was said.
  std::size_t loudest_row(RowSpan rows) const {
    std::size_t loudest = rows.begin;
    for (std::size_t row = rows.begin; row < rows.end; ++row) {
      if (blank_at(row) < blank_at(loudest)) loudest = row;
    }
    return loudest;
  }

  std::span<const PhoneId> phones_of(EventIndex e) const {
    if (!e) return {};
    const ReadingEvent& event = reading_.path.events[*e];
    return reading_.variants[event.token][event.variant].phones;
  }

  void add_what_was_heard(const Gap& gap, std::vector<float>& out) const {
    double spoken = 0, silent = 0;
    for (std::size_t row = gap.rows.begin; row < gap.rows.end; ++row) {
      spoken += 1 - blank_at(row);
      silent += std::exp(posteriors_.frame_row(row)[kBlankColumn]);
    }
    const std::vector<HeardPhone> heard = hear_phones(posteriors_, gap.rows);
    double surest = 0, surest_vowel = 0;
    std::size_t vowels = 0;
    for (const HeardPhone& phone : heard) {
      surest = std::max(surest, phone.probability);
      if (!is_vowel(phone.phone)) continue;
      surest_vowel = std::max(surest_vowel, phone.probability);
      ++vowels;
    }
    const std::vector<PhoneId> ids = ids_of(heard);
    const double rows = static_cast<double>(gap.rows.size());
    const std::array<float, 12> numbers = {
        gap.is_empty ? 1.0F : 0.0F,
        static_cast<float>(std::log(rows)),
        static_cast<float>(std::min(spoken, 20.0)) / 5,
        log_of_more(spoken),
        log_of_more(silent),
        log_of_more(rows - silent),
        static_cast<float>(std::min<std::size_t>(heard.size(), 12)) / 6,
        static_cast<float>(std::min<std::size_t>(vowels, 6)) / 3,
        static_cast<float>(surest_vowel),
        static_cast<float>(surest),
        distance_a_phone(ids, phones_of(gap.before)),
        distance_a_phone(ids, phones_of(gap.after))};
    out.insert(out.end(), numbers.begin(), numbers.end());
  }

  // What the search found there.
  void add_path_between(const Gap& gap, std::vector<float>& out) const {
    const std::vector<ReadingEvent>& events = reading_.path.events;
    std::size_t stretches = 0, rows = 0, phones = 0, tries = 0;
    float from_before = 1, from_after = 1;
    for (std::size_t e = gap.before ? *gap.before + 1 : 0;
         e < (gap.after ? *gap.after : events.size()); ++e) {
      if (events[e].kind == ReadingEvent::Kind::kToken) {
        ++tries;
        continue;
      }
      const std::vector<PhoneId> said =
          ids_of(hear_phones(posteriors_, {events[e].begin_row, events[e].end_row}));
      ++stretches;
      rows += events[e].end_row - events[e].begin_row;
      phones += said.size();
      from_before = std::min(from_before, distance_a_phone(said, phones_of(gap.before)));
      from_after = std::min(from_after, distance_a_phone(said, phones_of(gap.after)));
    }
    const std::array<float, 7> numbers = {
        static_cast<float>(std::min<std::size_t>(stretches, 3)),
        log_of_more(static_cast<double>(rows)),
        static_cast<float>(std::min<std::size_t>(phones, 12)) / 6,
        static_cast<float>(std::min<std::size_t>(tries, 3)),
        from_before,
        from_after,
        static_cast<float>(std::min<std::size_t>(left_out(gap), 4))};
    out.insert(out.end(), numbers.begin(), numbers.end());
  }

  // Tokens between that were not read.
  std::size_t left_out(const Gap& gap) const {
    const std::vector<ReadingEvent>& events = reading_.path.events;
    const std::size_t end = gap.after ? events[*gap.after].token : reading_.tokens.size();
    std::size_t count = 0;
    for (std::size_t token = gap.before ? events[*gap.before].token + 1 : 0; token < end; ++token)
      count += reading_.tokens[token].event ? 0 : 1;
    return count;
  }

  void add_sides(const Gap& gap, std::vector<float>& out) const {
    const auto doubt_of = [&](EventIndex e) {
      return e ? std::min(3.0F, reading_.event_evidence[*e] / 10) : 0.0F;
    };
    const float evidence = measure_gap_evidence(posteriors_, reading_, gap.before, gap.after);
    const std::array<float, 5> numbers = {evidence / kMaxTokenRatio, gap.before ? 0.0F : 1.0F,
                                          gap.after ? 0.0F : 1.0F, doubt_of(gap.before),
                                          doubt_of(gap.after)};
    out.insert(out.end(), numbers.begin(), numbers.end());
  }

  const Reading& reading_;
  const Posteriors& posteriors_;
  RowSounds sounds_;
};

}  // namespace

std::vector<float> make_gap_rows(const Reading& reading, std::span<const Embeddings> chunks,
                                 const Posteriors& posteriors,
                                 const std::vector<std::size_t>& words) {
  const GapMeasurer measurer(reading, chunks, posteriors);
  std::vector<float> rows;
  for (const std::size_t word : words)
    measurer.add(measurer.gap_before(*reading.tokens[word].event), rows);
  if (!words.empty()) measurer.add(measurer.gap_behind(*reading.tokens[words.back()].event), rows);
  return rows;
}

}  // namespace saywell
