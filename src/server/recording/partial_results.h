// en.rltm.score: what was read so far, word by word, while the learner reads.
//
// Every so often all that was heard is assessed, on the scoring pool when nothing else waits there.
// Told are the words up to the last that was finished some time ago; their number never falls.
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

// How many words at the front of the text can be told of a recording that goes on: those up to the
// last one read whose end lies kSettled_ms back, or, when words before it were passed over,
// kSettledBehindGap_ms. Pure.
std::size_t settled_words(const Assessment& assessment);
inline constexpr double kSettled_ms = 300;
inline constexpr double kSettledBehindGap_ms = 1000;

// Thread-safe. Jobs of the pool keep it alive.
class PartialResults : public std::enable_shared_from_this<PartialResults> {
 public:
  // Told each partial `result`, one after the other, on a thread of the pool.
  using OnPartial = std::function<void(boost::json::object result)>;

  // `pool` must outlive all jobs, as it does when it ends them itself.
  PartialResults(ScoringPool& pool, std::shared_ptr<const Engine> engine, Request request,
                 const Presentation& presentation, OnPartial on_partial);

  // Hears further samples (16 kHz), and has all of them assessed when enough are new.
  void push(std::span<const float> samples);

  // Nothing is told any more once this returns.
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
