// The syllables of a word's phones.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace saywell {

struct Syllable {
  std::size_t first = 0, end = 0;  // of the phones, half-open
  std::size_t vowel = 0;           // index of its vowel; `end`: the word has none
};

// Splits `phones` (lower-case ARPAbet) into syllables. As many consonants between two vowels belong
// to the later syllable as can begin an English word (maximal onset: Kahn 1976, "Syllable-based
// generalizations in English phonology"). The syllables cover all phones; a word without a vowel is
// one syllable. Pure; callable from any thread.
std::vector<Syllable> phones_to_syllables(std::span<const std::string> phones);

}  // namespace saywell
