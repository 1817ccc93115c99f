// The syllables of Mandarin: which there are, how pinyin spells them, and their initial and final.
//
// A final is named without the y or w that pinyin writes where there is no initial: yi = "i",
// wo = "uo", yuan = "van", you = "iu", wei = "ui", wen = "un"; "ix" is the vowel of zhi chi shi ri,
// "iy" that of zi ci si. ü is written "v", and after j, q, x and y pinyin writes "u" for it. The
// orders of kInitials and kFinals are part of the contract of trained models: do not renumber.
// Pure functions, callable from any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace saywell {

inline constexpr std::array<std::string_view, 22> kInitials = {
    "",  "b", "p", "m", "f",  "d",  "t",  "n", "l", "g", "k",
    "h", "j", "q", "x", "zh", "ch", "sh", "r", "z", "c", "s"};
inline constexpr std::array<std::string_view, 39> kFinals = {
    "a", "o",  "e",  "ai",  "ei", "ao",  "ou",  "an",   "en",   "ang", "eng",  "ong", "er",
    "i", "ix", "iy", "ia",  "ie", "io",  "iao", "iu",   "ian",  "in",  "iang", "ing", "iong",
    "u", "ua", "uo", "uai", "ui", "uan", "un",  "uang", "ueng", "v",   "ve",   "van", "vn"};

inline constexpr int kNeutralTone = 0;
inline constexpr int kToneCount = 5;  // neutral, 1, 2, 3, 4

// A syllable without its tone: an index into the table of all that there are.
using SyllableId = std::uint16_t;

std::size_t syllable_count();

// The syllable that pinyin spells so: lower-case letters, ü as "v" ("zhong", "nv", "er"; "jv" is
// taken for "ju"). nullopt for what no syllable is spelled like.
std::optional<SyllableId> find_syllable(std::string_view spelling);

std::string_view spelling_of(SyllableId syllable);  // "zhong"
std::string_view initial_of(SyllableId syllable);   // "zh"; "" when there is none
std::string_view final_of(SyllableId syllable);     // "ong"

// A syllable as it is to be said.
struct Syllable {
  SyllableId id = 0;
  std::uint8_t tone = kNeutralTone;  // 0–4
  bool erhua = false;                // ends in the r of 儿: hua1 with it is "huar1"

  bool operator==(const Syllable&) const = default;
};

// "zhong1", "nv3", "de0", "huar1".
std::string pinyin_of(const Syllable& syllable);

// Letters, an r for erhua where that makes no syllable of its own ("huar1"), and a tone 0–4.
// nullopt for anything else.
std::optional<Syllable> parse_syllable(std::string_view numbered);

// Initial, if there is one, final, and "r" for erhua: "zh", "ong".
std::vector<std::string_view> sounds_of(const Syllable& syllable);

}  // namespace saywell
