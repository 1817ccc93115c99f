// The parts of a result that describe words: details[], extra[], statics[]. Only result_json.cc
// uses them.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <optional>
#include <span>

#include "format/presentation.h"
#include "saywell/result.h"

namespace saywell {

// Adds start, end and dur in whole ms to `object`; null: it was not said.
void add_times(boost::json::object& object, const std::optional<TimeSpanMs>& time);

// One entry of details[] (or snt_details[]) of the .score kinds.
boost::json::object word_score_json(const WordResult& word, const Presentation& presentation);

// The syllables of a word, each with the word's stress score, since stress is scored by word.
boost::json::array syllable_stress_json(const WordResult& word, const Presentation& presentation);

boost::json::array extra_json(std::span<const ExtraSpeech> extra, const Presentation& presentation);

// Each phone of the words that were read: its count and mean score, in the order of ARPAbet.
boost::json::array phone_statistics_json(std::span<const WordResult> words,
                                         const Presentation& presentation);

// details[] of the .pron kinds.
boost::json::array pron_details_json(const Assessment& assessment,
                                     const Presentation& presentation);

}  // namespace saywell
