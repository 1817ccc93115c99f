// Form-encoded fields (application/x-www-form-urlencoded): the query of an address, of HTTP and of
// an RTMP stream's name, or a body. All functions are pure and may be called from any thread.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "saywell/status.h"

namespace saywell {

inline constexpr std::size_t kMaxFormFields = 100;

using FormFields = std::vector<std::pair<std::string, std::string>>;

// The fields of "a=1&b=x+y%21" in order: "+" is a space, %XX a byte. Empty pieces are skipped; a
// name without "=" has an empty value. Code 40031 names the field: a "%" without two hexadecimal
// digits, invalid UTF-8 or control characters after decoding, more than kMaxFormFields fields.
Result<FormFields> parse_form_fields(std::string_view text);

// One percent-encoded text, such as a part of a path; "+" stays. Code 40031 as above.
Result<std::string> percent_decoded(std::string_view text);

// A request of request_json.h whose values came as text. A value that can be read as its field's
// type gets that type ("rank=5", "store=false", "phones=[[\"W\",\"IY\"]]"); others stay text, so
// that request_from_json() refuses them by name. Code 40031 names a repeated field.
Result<boost::json::object> form_fields_to_request(const FormFields& fields);

}  // namespace saywell
