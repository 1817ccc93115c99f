// Scores of rank 4 as the letters of the 2011 interface.
#pragma once

#include <boost/json/value.hpp>

namespace saywell {

// Replaces every score in a result (result_json.h) of rank 4 by a letter: 4 is "A", 3 "B", 2 "C", 1
// and 0 "D". Pure.
void scores_to_letters(boost::json::value& result);

}  // namespace saywell
