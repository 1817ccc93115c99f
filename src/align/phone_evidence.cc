#include "align/phone_evidence.h"

#include <algorithm>
#include <cmath>

namespace saywell {
namespace {

constexpr std::size_t kContextPhones = 2;
constexpr double kFloor = 1e-5;         // of a probability against the frame's best
constexpr std::size_t kMaxFrames = 60;  // kFloor to this power is still a double

// Probabilities of one window's frames, each against its best, so that products stay in range.
class WindowFrames {
 public:
  WindowFrames(const Posteriors& posteriors, FrameSpan frames) : frames_(frames.size()) {
    for (std::size_t t = 0; t < frames_.size(); ++t) {
      const auto ctc = posteriors.ctc_at(frames.begin + t);
      const float best = *std::max_element(ctc.begin(), ctc.end());
      for (std::size_t c = 0; c < ctc.size(); ++c) {
        frames_[t][c] = std::max(kFloor, static_cast<double>(std::exp(ctc[c] - best)));
      }
    }
  }

  std::size_t size() const { return frames_.size(); }
  double blank(std::size_t t) const { return frames_[t][kBlankColumn]; }
  double phone(std::size_t t, PhoneId phone) const { return frames_[t][phone + 1U]; }

 private:
  std::vector<std::array<double, kPosteriorColumns>> frames_;
};

// Forward probabilities of a list of phones after t frames: ending in the last phone, or in blank.
struct Forward {
  std::vector<double> in_phone;  // [t], t = 0 … size
  std::vector<double> in_blank;
};

Forward start_forward(const WindowFrames& frames) {
  Forward start{std::vector<double>(frames.size() + 1, 0.0),
                std::vector<double>(frames.size() + 1, 0.0)};
  start.in_blank[0] = 1;
  for (std::size_t t = 0; t < frames.size(); ++t)
    start.in_blank[t + 1] = start.in_blank[t] * frames.blank(t);
  return start;
}

// One more phone. `repeats`: it is the phone before it, so there must be a blank between.
Forward say_phone(const WindowFrames& frames, const Forward& before, PhoneId phone, bool repeats) {
  Forward after{std::vector<double>(frames.size() + 1, 0.0),
                std::vector<double>(frames.size() + 1, 0.0)};
  for (std::size_t t = 0; t < frames.size(); ++t) {
    const double enter = before.in_blank[t] + (repeats ? 0.0 : before.in_phone[t]);
    after.in_phone[t + 1] = frames.phone(t, phone) * (after.in_phone[t] + enter);
    after.in_blank[t + 1] = frames.blank(t) * (after.in_blank[t] + after.in_phone[t]);
  }
  return after;
}

// Probability of the frames from t on, given that `phones` are said from there and the first begins
// at t; [size] = 1 when there are none left to say.
std::vector<double> backward_from(const WindowFrames& frames, std::span<const PhoneId> phones) {
  const std::size_t size = frames.size();
  if (phones.empty()) return {};
  // Of the frames from t on: while in the current phone, in the blank after it, and on first
  // entering it.
  std::vector<double> next_entry = backward_from(frames, phones.subspan(1));
  const bool repeats = phones.size() > 1 && phones[0] == phones[1];
  std::vector<double> stay(size + 1, 0.0), blank(size + 1, 0.0), entry(size + 1, 0.0);
  stay[size] = blank[size] = next_entry.empty() ? 1.0 : 0.0;
  for (std::size_t t = size; t-- > 0;) {
    const double next = next_entry.empty() ? 0.0 : next_entry[t];
    blank[t] = frames.blank(t) * blank[t + 1] + next;
    const double go_on = frames.phone(t, phones[0]) * stay[t + 1];
    entry[t] = go_on;
    stay[t] = go_on + frames.blank(t) * blank[t + 1] + (repeats ? 0.0 : next);
  }
  return entry;
}

// Probability of the whole window: what is before, then the right context.
double finish(const Forward& before, std::span<const double> right_entry, bool repeats) {
  if (right_entry.empty()) return before.in_phone.back() + before.in_blank.back();
  double total = 0;
  for (std::size_t t = 0; t < right_entry.size(); ++t) {
    total += (before.in_blank[t] + (repeats ? 0.0 : before.in_phone[t])) * right_entry[t];
  }
  return total;
}

float log_ratio(double probability, double reference) {
  const double ratio =
      std::log(std::max(probability, 1e-300)) - std::log(std::max(reference, 1e-300));
  return static_cast<float>(std::clamp(ratio, -double{kMaxLogRatio}, double{kMaxLogRatio}));
}

FrameSpan window_of(std::span<const FrameSpan> windows, std::size_t first, std::size_t last,
                    std::size_t frame_count) {
  FrameSpan window{windows[first].begin, windows[last].end};
  window.begin -= std::min<std::size_t>(1, window.begin);
  window.end = std::min(window.end + 1, frame_count);
  return window;
}

class PhoneWindow {
 public:
  PhoneWindow(const WindowFrames& frames, std::span<const PhoneId> left, PhoneId asked,
              std::span<const PhoneId> right)
      : frames_(frames),
        left_(left),
        asked_(asked),
        right_(right),
        before_(start_forward(frames)),
        right_entry_(backward_from(frames, right)) {
    for (std::size_t i = 0; i < left.size(); ++i) {
      before_ = say_phone(frames_, before_, left[i], i > 0 && left[i] == left[i - 1]);
    }
  }

  PhoneEvidence measure() const {
    const double asked = with_phone(asked_);
    PhoneEvidence evidence;
    for (PhoneId phone = 0; phone < kPhoneCount; ++phone) {
      evidence.substitution[phone] = phone == asked_ ? 0 : log_ratio(with_phone(phone), asked);
    }
    const bool repeats = !left_.empty() && !right_.empty() && left_.back() == right_.front();
    evidence.omission = log_ratio(finish(before_, right_entry_, repeats), asked);
    measure_insertion(asked, evidence);
    return evidence;
  }

 private:
  double with_phone(PhoneId phone) const {
    const Forward said =
        say_phone(frames_, before_, phone, !left_.empty() && left_.back() == phone);
    return finish(said, right_entry_, !right_.empty() && right_.front() == phone);
  }

  void measure_insertion(double asked, PhoneEvidence& evidence) const {
    const Forward said =
        say_phone(frames_, before_, asked_, !left_.empty() && left_.back() == asked_);
    double best = 0;
    for (PhoneId phone = 0; phone < kPhoneCount; ++phone) {
      const Forward more = say_phone(frames_, said, phone, phone == asked_);
      const double total = finish(more, right_entry_, !right_.empty() && right_.front() == phone);
      if (total <= best) continue;
      best = total;
      evidence.likeliest_inserted = phone;
    }
    evidence.insertion = log_ratio(best, asked);
  }

  const WindowFrames& frames_;
  std::span<const PhoneId> left_;
  PhoneId asked_;
  std::span<const PhoneId> right_;
  Forward before_;
  std::vector<double> right_entry_;
};

}  // namespace

std::vector<PhoneEvidence> measure_phone_evidence(const Posteriors& posteriors,
                                                  std::span<const PhoneId> phones,
                                                  std::span<const FrameSpan> windows) {
  std::vector<PhoneEvidence> evidence;
  for (std::size_t i = 0; i < phones.size(); ++i) {
    std::size_t first = i - std::min(i, kContextPhones);
    std::size_t last = std::min(i + kContextPhones, phones.size() - 1);
    // A long pause inside the window says nothing about the phone: drop context until the window is
    // short.
    while (first < i && windows[i].end - windows[first].begin > kMaxFrames / 2) ++first;
    while (last > i && windows[last].end - windows[i].begin > kMaxFrames / 2) --last;
    FrameSpan window = window_of(windows, first, last, posteriors.frame_count());
    if (window.size() > kMaxFrames) window.end = window.begin + kMaxFrames;
    const WindowFrames frames(posteriors, window);
    evidence.push_back(PhoneWindow(frames, phones.subspan(first, i - first), phones[i],
                                   phones.subspan(i + 1, last - i))
                           .measure());
  }
  return evidence;
}

}  // namespace saywell
