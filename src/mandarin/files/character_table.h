// The characters of the npm package pinyin-pro with their readings, rare ones too:
// `dist/esm/data/dict1.mjs`, lines of JavaScript such as `'zhǐ dǐ': ['茋'],` with one character or
// more, each in a line of its own where there are several.
#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "mandarin/syllable.h"

namespace saywell {

// "zhǎng" as zhang3; without a tone mark it is neutral. nullopt for what is no syllable.
std::optional<Syllable> parse_accented(std::string_view text);

// Calls `visit(character, readings)` for every character; `readings` has at least one. False when
// the text is not of that form. The character is valid during the call.
bool read_character_table(
    std::string_view content,
    const std::function<void(std::string_view, const std::vector<Syllable>&)>& visit);

}  // namespace saywell
