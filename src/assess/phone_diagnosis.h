// The verdict on a phone: right, omitted, misread, or followed by another.
#pragma once

#include "align/alignment.h"
#include "saywell/result.h"

namespace saywell {

// The result of one phone that was matched and got `score` (0–100), without its time. Pure.
PhoneResult diagnose_phone(const AlignedPhone& phone, double score);

// The result of a phone whose word was omitted, without a score.
PhoneResult unread_phone(PhoneId phone, int stress);

}  // namespace saywell
