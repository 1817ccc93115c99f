#include "server/recording/engine.h"

#include <utility>

#include "assess/assess_recording.h"
#include "base/status_macros.h"
#include "text/text_front_end.h"

namespace saywell {

Result<Engine> load_engine(const std::string& model_dir) {
  ASSIGN_OR_RETURN(Assessor assessor, Assessor::load(model_dir));
  ASSIGN_OR_RETURN(TextFrontEnd text, TextFrontEnd::load(model_dir));
  ASSIGN_OR_RETURN(VadModel vad, VadModel::load(model_dir));
  Engine engine;
  engine.assess = [shared = std::make_shared<const Assessor>(std::move(assessor))](
                      Recording recording, const Request& request) {
    return assess_recording(*shared, std::move(recording), request);
  };
  engine.read_text = [front_end = std::move(text)](std::string_view ref_text) {
    return front_end.text_to_pronunciations(ref_text);
  };
  engine.vad = std::make_shared<const VadModel>(std::move(vad));
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
