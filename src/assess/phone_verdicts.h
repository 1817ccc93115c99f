// Right, left out, misread or followed by something: what is said of a phone.
#pragma once

#include "align/reading.h"
#include "saywell/result.h"

namespace saywell {

// The result of one phone that was read and got `score` (0–100), without its time.
PhoneResult judge_phone(const ReadPhone& phone, double score);

// The result of a phone whose word was left out.
PhoneResult unread_phone(PhoneId phone, int stress);

}  // namespace saywell
