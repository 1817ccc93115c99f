// An Assessment as the object `result` of the service. docs/result.schema.json documents every
// field. No other code writes scores as JSON, so that all interfaces have the same values.
//
// - en.word.score, en.sent.score, en.rltm.score: details[] has one entry per word of the text;
//   extra[] has other speech. en.word.score adds stress[], the syllables, to each word.
// - en.pred.score: details[] has one entry per sentence, each with snt_details[], its words.
// - en.word.pron, en.sent.pron: details[] has the words and, in order, the speech that was added.
#pragma once

#include <boost/json/object.hpp>
#include <cstddef>
#include <optional>

#include "format/presentation.h"
#include "saywell/result.h"

namespace saywell {

// Times that only the receiving interface knows.
struct ResultTiming {
  double pretime_ms = 0;           // from the request to the first sample
  std::optional<double> delay_ms;  // from the last sample to the result; none: the computing time
};

// Pure; callable from any thread. REQUIRES: `presentation` comes from request_from_json().
boost::json::object result_to_json(const Assessment& assessment, const Presentation& presentation,
                                   const ResultTiming& timing = {});

// The `result` of an answer with eof 0: details[] has the first `words` words as in en.sent.score,
// without scores of the whole reading. Pure.
boost::json::object partial_result_to_json(const Assessment& assessment, std::size_t words,
                                           const Presentation& presentation);

}  // namespace saywell
