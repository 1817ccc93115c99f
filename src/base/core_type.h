// The kinds of assessment and their limits.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "saywell/status.h"

namespace saywell {

struct CoreType {
  std::string_view name;
  std::size_t max_tokens;
  double max_duration_s;
  bool by_sentence;  // scored sentence by sentence, answered in sentences
};

inline constexpr std::size_t kMaxSentenceTokens = 200;
inline constexpr std::string_view kRealTimeCoreType = "en.rltm.score";
inline constexpr std::array<CoreType, 6> kCoreTypes = {
    {{"en.word.score", 1, 20, false},
     {"en.sent.score", kMaxSentenceTokens, 40, false},
     {"en.pred.score", 3000, 180, true},
     {kRealTimeCoreType, kMaxSentenceTokens, 40, false},  // en.sent.score, with partial results
     {"en.word.pron", 1, 20, false},
     {"en.sent.pron", kMaxSentenceTokens, 40, false}}};

// Ok for a name of the table; else code 40031 with the field coreType and the names of the table.
Status check_core_type(std::string_view name);

// The coreType `name`, or, when that is empty, the one for `tokens` tokens: 1 word, 2–40 sentence,
// more paragraph. Code 40031 with the field coreType when it is unknown or takes fewer tokens.
Result<CoreType> choose_core_type(std::string_view name, std::size_t tokens);

}  // namespace saywell
