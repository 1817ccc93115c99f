#include "assess/phone_diagnosis.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace saywell {
namespace {

// Below this the experts call a phone mispronounced (their score under 0.5, stretched by the
// scorer).
constexpr double kWrongScore = 50;
// Log likelihood ratio from which another phone is believed despite a score of kWrongScore; its
// increase for full marks; and its increase for an omission, since weak forms are no errors.
constexpr double kClearSubstitution = 3.0;
constexpr double kMoreAtFullMarks = 1.0;
constexpr double kMoreForNothing = 2.0;
// The scorer follows experts, who hardly ever mark a phone down in a reading that is good
// otherwise. From this log likelihood ratio of another phone on, the scorer is followed in part
// only; from the next on, such a phone is worth kWrongScore at most.
constexpr double kMarkedDown = 7.0;
constexpr double kSurelyOther = 11.0;
constexpr float kClearInsertion = 7.0F;
constexpr std::size_t kMaxNext = 3;

// A candidate for the phone's place; kNothing: it was omitted.
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
  for (int phone = 0; phone < kPhoneCount; ++phone)
    add(phone, evidence.substitution[static_cast<std::size_t>(phone)]);
  add(kNothing, evidence.omission);
  for (Candidate& candidate : candidates) candidate.probability /= sum;
  std::stable_sort(
      candidates.begin(), candidates.end(),
      [](const Candidate& a, const Candidate& b) { return a.probability > b.probability; });
  return candidates;
}

PhoneGuess guess_of(const Candidate& candidate) {
  if (candidate.phone == kNothing) return {"", candidate.probability};
  return {std::string(phone_lower(static_cast<PhoneId>(candidate.phone))), candidate.probability};
}

// Whether `likeliest` is believed instead of the phone asked for.
bool is_wrong(const AlignedPhone& phone, const Candidate& likeliest, double score) {
  if (score < kWrongScore) return true;
  const double needed =
      kClearSubstitution + kMoreAtFullMarks * (score - kWrongScore) / (100 - kWrongScore);
  if (likeliest.phone == kNothing) return phone.evidence.omission >= needed + kMoreForNothing;
  return phone.evidence.substitution[static_cast<std::size_t>(likeliest.phone)] >= needed;
}

// The highest score of a phone in whose place another one is likelier by `log_ratio`.
double most_points(double log_ratio) {
  const double share =
      std::clamp((log_ratio - kMarkedDown) / (kSurelyOther - kMarkedDown), 0.0, 1.0);
  return 100 - share * (100 - kWrongScore);
}

}  // namespace

PhoneResult diagnose_phone(const AlignedPhone& phone, double score) {
  const std::vector<Candidate> candidates = rank_candidates(phone.evidence);
  const auto asked =
      std::find_if(candidates.begin(), candidates.end(),
                   [&](const Candidate& candidate) { return candidate.phone == phone.phone; });
  const bool other_is_likelier = asked != candidates.begin();
  PhoneResult result;
  result.phone = phone_lower(phone.phone);
  result.stress = phone.stress;
  result.score = score;
  auto heard = asked;
  if (other_is_likelier && is_wrong(phone, candidates.front(), score)) {
    heard = candidates.begin();
    result.error = heard->phone == kNothing ? PhoneError::kLeftOut : PhoneError::kMisread;
    if (result.error == PhoneError::kMisread) {
      const float log_ratio = phone.evidence.substitution[static_cast<std::size_t>(heard->phone)];
      result.score = std::min(score, most_points(log_ratio));
    }
  } else if (phone.evidence.insertion >= kClearInsertion) {
    result.error = PhoneError::kAddedAfter;
    result.added = phone_lower(phone.evidence.likeliest_inserted);
  }
  result.heard = guess_of(*heard);
  for (auto candidate = candidates.begin();
       result.next.size() < kMaxNext && candidate != candidates.end(); ++candidate) {
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
