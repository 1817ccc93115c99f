// Phones guessed from spelling, for words outside the dictionary: flite's letter-to-sound trees
// (CMU).
//
// Black, Lenzo, Pagel, "Issues in building general letter to sound rules", SSW3 1998.
#pragma once

#include <optional>
#include <string>

#include "base/threads/mutex.h"
#include "text/pronunciation.h"

namespace saywell {

inline constexpr std::size_t kLongestSpelling = 64;  // letters

// The pronunciation of `word`, 1 to kLongestSpelling letters a–z. nullopt for anything else, for a
// word without a vowel letter (a, e, i, o, u, y), and where flite has no phones. The same word
// always gives the same phones. Thread-safe: flite keeps one global state, calls take turns.
std::optional<Pronunciation> spelling_to_phones(const std::string& word);

// Hold it while you open flite's dictionary; opening a voice also opens the dictionary.
Mutex& flite_mutex();

}  // namespace saywell
