// Scores of rank 4 as the 2011 interface has them: letters.
#pragma once

#include <boost/json/value.hpp>

namespace saywell {

// Makes every score in a result (result_json.h) of rank 4 a letter: 4 is "A", 3 "B", 2 "C", 1 and 0
// "D". Everything else stays. Pure.
void scores_to_letters(boost::json::value& result);

}  // namespace saywell
