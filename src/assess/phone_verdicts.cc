#include "assess/phone_verdicts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace saywell {
namespace {

// Below this the experts call a phone mispronounced (their score under 0.5, stretched by the scorer).
constexpr double kWrongScore = 50;
// Log likelihood ratio from which another phone, none, or one more is believed against a fair score.
constexpr float kClearReplacement = 6.0F;
constexpr float kClearLeftOut = 6.0F;
constexpr float kClearAddition = 7.0F;
constexpr double kFairScore = 80;
constexpr std::size_t kMaxNext = 3;

// A candidate for what was said in the phone's place; kNothing: it was left out.
constexpr int kNothing = -1;
struct Candidate {
  int phone;
  double probability;
};

// All candidates, likeliest first.
std::vector<Candidate> rank_candidates(const PhoneEvidence& evidence) {
  std::vector<Candidate> candidates;
  double sum = 0;
  const auto add = [&](int phone, float log_ratio) {
    candidates.push_back({phone, std::exp(log_ratio)});
    sum += candidates.back().probability;
  };
  for (int phone = 0; phone < kPhoneCount; ++phone) add(phone, evidence.replaced[static_cast<std::size_t>(phone)]);
  add(kNothing, evidence.left_out);
  for (Candidate& candidate : candidates) candidate.probability /= sum;
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Candidate& a, const Candidate& b) { return a.probability > b.probability; });
  return candidates;
}

PhoneGuess guess_of(const Candidate& candidate) {
  if (candidate.phone == kNothing) return {"", candidate.probability};
  return {std::string(phone_lower(static_cast<PhoneId>(candidate.phone))), candidate.probability};
}

bool is_wrong(const ReadPhone& phone, double score) {
  const PhoneEvidence& evidence = phone.evidence;
  const float replaced = *std::max_element(evidence.replaced.begin(), evidence.replaced.end());
  const bool clear = replaced >= kClearReplacement || evidence.left_out >= kClearLeftOut;
  return score < kWrongScore || (clear && score < kFairScore);
}

}  // namespace

PhoneResult judge_phone(const ReadPhone& phone, double score) {
  const std::vector<Candidate> candidates = rank_candidates(phone.evidence);
  const auto asked = std::find_if(candidates.begin(), candidates.end(),
                                  [&](const Candidate& candidate) { return candidate.phone == phone.phone; });
  const bool other_is_likelier = asked != candidates.begin();
  PhoneResult result;
  result.phone = phone_lower(phone.phone);
  result.stress = phone.stress;
  result.score = score;
  auto heard = asked;
  if (is_wrong(phone, score) && other_is_likelier) {
    heard = candidates.begin();
    result.error = heard->phone == kNothing ? PhoneError::kLeftOut : PhoneError::kMisread;
  } else if (phone.evidence.added_after >= kClearAddition) {
    result.error = PhoneError::kAddedAfter;
    result.added = phone_lower(phone.evidence.likeliest_added);
  }
  result.heard = guess_of(*heard);
  for (auto candidate = candidates.begin(); result.next.size() < kMaxNext && candidate != candidates.end();
       ++candidate) {
    if (candidate != heard) result.next.push_back(guess_of(*candidate));
  }
  return result;
}

PhoneResult unread_phone(PhoneId phone, int stress) {
  PhoneResult result;
  result.phone = phone_lower(phone);
  result.stress = stress;
  result.error = PhoneError::kLeftOut;
  return result;
}

}  // namespace saywell
