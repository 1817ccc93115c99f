// The presentation of scores and phones, the same in every format and interface.
//
// All functions are pure and may be called from any thread.
#pragma once

#include <string>
#include <string_view>

namespace saywell {

enum class Alphabet { kArpabet, kIpa };

struct Presentation {
  int rank = 100;        // 100: scores 0–100; 5, 4, 2: whole numbers 0…rank
  double precision = 1;  // of rank 100: 1, 0.5 or 0.1
  Alphabet alphabet = Alphabet::kArpabet;
};

// A score 0–100 in its presentation: on rank 100 the nearest multiple of the precision; on a lower
// rank the nearest whole number of score / 100 * rank (rank 4: 0–12.4 is 0, 12.5–37.4 is 1, … 87.5
// and more is 4). Halves are rounded up. Values that are not finite count as 0, values outside
// 0–100 as the nearest bound.
double shown_score(double score, const Presentation& presentation);

// A phone (lower-case ARPAbet) in `alphabet`; other text is unchanged.
std::string shown_phone(std::string_view phone, Alphabet alphabet);

// Phones separated by blanks, each as shown_phone(). A text with any other part is unchanged.
std::string shown_phones(std::string_view phones, Alphabet alphabet);

// A time in whole milliseconds.
long long shown_ms(double time_ms);

}  // namespace saywell
