// The envelope every answer travels in: who asked for what, and `result`, or a refusal
// (add_status()).
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <string>

#include "format/request_json.h"
#include "saywell/status.h"

namespace saywell {

// Puts `errID`, `error` and, where one field of the request is at fault, `field` into `json`: a
// refusal, the same in every answer. Pure. REQUIRES: !status.ok().
void add_status(boost::json::object& json, const Status& status);

struct Envelope {
  std::string record_id;
  Caller caller;
  boost::json::object params;     // the request as it came
  std::int64_t timestamp_ms = 0;  // since 1970, UTC
  std::string audio_url;          // empty: none
  bool last = true;               // false: a partial result, others follow
};

// Both pure; callable from any thread. REQUIRES (of the second): !status.ok().
boost::json::object envelope_to_json(const Envelope& envelope, boost::json::object result);
boost::json::object envelope_to_json(const Envelope& envelope, const Status& status);

// A new id: 32 hexadecimal digits that nobody can guess. Thread-safe.
std::string new_record_id();

}  // namespace saywell
