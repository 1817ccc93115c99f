// What was heard without regard to the text: the greedy path through the CTC posteriors.
#pragma once

#include <vector>

#include "align/phone_times.h"

namespace saywell {

struct HeardPhone {
  PhoneId phone;
  double probability;  // the highest of its rows
  std::size_t row;     // its first
};

// The phones that are likelier than all else in `rows`, in order; one that goes on is one phone.
// Pure.
std::vector<HeardPhone> hear_phones(const Posteriors& posteriors, RowSpan rows);

// Which they are.
std::vector<PhoneId> ids_of(const std::vector<HeardPhone>& phones);

}  // namespace saywell
