// The syllables of a Mandarin text as JSON: of `saywell phones`.
#pragma once

#include <boost/json/object.hpp>

#include "mandarin/mandarin_text.h"

namespace saywell {

// {"language": "cn", "syllables": [{"hanzi" (null for pinyin), "pinyin", "spoken", "tone",
// "accepted", "sounds", "begin", "end", "given", "wordEnd", "pauseAfter", "sentenceEnd"}]}:
// "pinyin" is before sandhi, "spoken" after it. Pure; callable from any thread.
boost::json::object mandarin_text_to_json(const MandarinText& text);

}  // namespace saywell
