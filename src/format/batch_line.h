// One line of a batch: a request that names its audio, and the answer to it.
//
//   {"id": "a1", "audio": "a1.wav", "refText": "Hello.", …}  ->  {"id": "a1", "result": {…}}
//                                                            or  {"id": "a1", "errID": 20001,
//                                                            "error": "…"}
//
// Besides `id` and `audio` a line may have the fields of request_json.h. All functions are pure and
// may be called from any thread.
#pragma once

#include <boost/json/value.hpp>
#include <cstddef>
#include <string>
#include <string_view>

#include "format/request_json.h"
#include "saywell/result.h"
#include "saywell/status.h"

namespace saywell {

struct BatchRequest {
  std::string audio;
  RequestOptions options;
};

struct BatchLine {
  boost::json::value id;  // as given, text or a whole number; default: the number of the line
  Result<BatchRequest> request;  // 40031 names the mistake in the line
};

// Line `number` (from 1) of a batch.
BatchLine parse_batch_line(std::string_view text, std::size_t number);

// The answer, without a line end.
std::string batch_answer(const boost::json::value& id, const Assessment& assessment,
                         const Presentation& presentation);
std::string batch_answer(const boost::json::value& id, const Status& status);

}  // namespace saywell
