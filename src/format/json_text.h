// Writes JSON, and reads JSON with the limits that untrusted input needs.
//
// All functions are pure and may be called from any thread.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <string>
#include <string_view>

#include "saywell/status.h"

namespace saywell {

inline constexpr std::size_t kMaxJsonBytes = 1'000'000;
inline constexpr std::size_t kMaxJsonDepth = 32;

// `value` on one line. Numbers are written as people write them (87.3, not 8.73E1), and as null if
// they are not finite. Bytes that are no UTF-8 become U+FFFD, so that the text is always valid
// JSON.
std::string json_text(const boost::json::value& value);

// The object in `text`; a byte order mark before it is skipped. A repeated name has its last value,
// as in JavaScript. Code 40031 names the mistake and its byte: not JSON, no object, anything behind
// it, invalid UTF-8, nested deeper than kMaxJsonDepth, longer than kMaxJsonBytes.
Result<boost::json::object> parse_json_object(std::string_view text);

}  // namespace saywell
