// The tokens of a text and their pronunciations as JSON, for `saywell phones` and
// GET /v1/pronunciations.
#pragma once

#include <boost/json/object.hpp>

#include "format/presentation.h"
#include "text/reference_text.h"

namespace saywell {

// {"alphabet", "tokens": [{"char", "begin", "end", "readings": [[{"text", "variants"}]], …}]}.
// Pure; callable from any thread.
boost::json::object reference_text_to_json(const ReferenceText& text, Alphabet alphabet);

}  // namespace saywell
