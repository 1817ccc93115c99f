// en.rltm.score: the words so far, while the learner reads.
//
// From time to time the audio so far is assessed, on the scoring pool when nothing else waits
// there. Reported are the words up to the last one that ended some time ago; their number never
// falls.
#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "base/threads/mutex.h"
#include "format/presentation.h"
#include "saywell/assessor.h"
#include "server/recording/engine.h"
#include "server/scoring_pool.h"

namespace saywell {

// The number of words at the front of the text that can be reported of a running recording: those
// up to the last one that was read and ended kSettled_ms ago, or kSettledBehindGap_ms if words
// before it were skipped. Pure.
std::size_t settled_words(const Assessment& assessment);
inline constexpr double kSettled_ms = 300;
inline constexpr double kSettledBehindGap_ms = 1000;

// Thread-safe. Jobs of the pool keep it alive.
class PartialResults : public std::enable_shared_from_this<PartialResults> {
 public:
  // Receives each partial `result`, one after the other, on a thread of the pool.
  using OnPartial = std::function<void(boost::json::object result)>;

  // `pool` must outlive all jobs; it ends them itself.
  PartialResults(ScoringPool& pool, std::shared_ptr<const Engine> engine, Request request,
                 const Presentation& presentation, OnPartial on_partial);

  // Takes further samples (16 kHz), and has all of them assessed when enough are new.
  void push(std::span<const float> samples);

  // Nothing is reported once this has returned.
  void end();

 private:
  void assess_if_due();
  void assess(Recording recording);

  ScoringPool& pool_;
  const std::shared_ptr<const Engine> engine_;
  const Request request_;
  const Presentation presentation_;
  const OnPartial on_partial_;

  Mutex mutex_;
  std::vector<float> samples_ SAYWELL_GUARDED_BY(mutex_);
  std::size_t assessed_samples_ SAYWELL_GUARDED_BY(mutex_) = 0;
  std::size_t reported_words_ SAYWELL_GUARDED_BY(mutex_) = 0;
  bool busy_ SAYWELL_GUARDED_BY(mutex_) = false;
  bool ended_ SAYWELL_GUARDED_BY(mutex_) = false;
};

}  // namespace saywell
