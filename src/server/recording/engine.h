// The computing stages: the models, once they are loaded.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "audio/media_to_pcm.h"
#include "base/threads/mutex.h"
#include "saywell/assessor.h"
#include "saywell/result.h"
#include "saywell/status.h"
#include "signal/vad.h"
#include "text/reference_text.h"

namespace saywell {

// The stages that the server uses; tests provide their own. All thread-safe.
struct Engine {
  std::function<Result<Assessment>(Recording recording, const Request& request)> assess;
  std::function<Result<ReferenceText>(std::string_view text)> read_text;
  std::shared_ptr<const VadModel> vad;  // null: recordings do not stop by themselves
};

// Loads all models of `model_dir`; takes about a second. Code 40051 naming the file.
Result<Engine> load_engine(const std::string& model_dir);

// The engine of a server that listens before its models are loaded. Thread-safe.
class EngineSlot {
 public:
  // Code 40051 without an engine: still loading, or the reason why loading failed.
  Result<std::shared_ptr<const Engine>> get() const;
  void put(Result<Engine> engine);

 private:
  mutable Mutex mutex_;
  std::shared_ptr<const Engine> engine_ SAYWELL_GUARDED_BY(mutex_);
  Status status_ SAYWELL_GUARDED_BY(mutex_){Code::kKernelUnavailable,
                                            "the models are still being loaded"};
};

}  // namespace saywell
