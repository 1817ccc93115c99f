#include "server/recording/engine.h"

#include <utility>

#include "assess/recording_assessor.h"
#include "base/status_macros.h"

namespace saywell {

Result<Engine> load_engine(const std::string& model_dir) {
  ASSIGN_OR_RETURN(RecordingAssessor loaded, RecordingAssessor::load(model_dir));
  const auto assessor = std::make_shared<const RecordingAssessor>(std::move(loaded));
  Engine engine;
  engine.assess = [assessor](Recording recording, const Request& request) {
    return assessor->assess(std::move(recording), request);
  };
  engine.read_text = [assessor](std::string_view ref_text) {
    return assessor->text_front_end().text_to_pronunciations(ref_text);
  };
  engine.vad = std::shared_ptr<const VadModel>(assessor, &assessor->vad());
  return engine;
}

Result<std::shared_ptr<const Engine>> EngineSlot::get() const {
  const MutexLock lock(mutex_);
  if (!engine_) return status_;
  return engine_;
}

void EngineSlot::put(Result<Engine> engine) {
  const MutexLock lock(mutex_);
  status_ = engine.status();
  if (engine.ok()) engine_ = std::make_shared<const Engine>(*std::move(engine));
}

}  // namespace saywell
