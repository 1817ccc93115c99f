// An Assessment as the object `result` of the service. docs/result.schema.json documents every
// field; no other code writes scores as JSON, so that all interfaces give the same numbers.
//
// - en.word.score, en.sent.score, en.rltm.score: details[] has one entry a word of the text;
// extra[] what else was
//   heard. en.word.score adds stress[], the syllables, to each word.
// - en.pred.score: details[] has one entry a sentence, each with snt_details[], its words.
// - en.word.pron, en.sent.pron: details[] has the words and, in order, what was added.
#pragma once

#include <boost/json/object.hpp>
#include <cstddef>
#include <optional>

#include "format/presentation.h"
#include "saywell/result.h"

namespace saywell {

// What only the interface that received the recording knows.
struct ResultTiming {
  double pretime_ms = 0;           // from the request to the first sample
  std::optional<double> delay_ms;  // from the last sample to the result; none: the computing time
};

// Pure; callable from any thread. REQUIRES: `presentation` is one that request_from_json() gives.
boost::json::object result_to_json(const Assessment& assessment, const Presentation& presentation,
                                   const ResultTiming& timing = {});

// The `result` of an answer with eof 0: details[] has the first `words` words, as en.sent.score has
// them; scores of the whole reading are not there yet. Pure.
boost::json::object partial_result_to_json(const Assessment& assessment, std::size_t words,
                                           const Presentation& presentation);

}  // namespace saywell
