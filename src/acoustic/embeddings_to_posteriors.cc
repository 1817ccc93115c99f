#include "acoustic/embeddings_to_posteriors.h"

#include "base/status_macros.h"

namespace saywell {

std::span<const float> Posteriors::ctc_at(std::size_t frame) const {
  return std::span(ctc).subspan(frame * kPosteriorColumns, kPosteriorColumns);
}

std::span<const float> Posteriors::framewise_at(std::size_t frame) const {
  return std::span(framewise).subspan(frame * kPosteriorColumns, kPosteriorColumns);
}

double Posteriors::middle_s(std::size_t frame) const {
  return static_cast<double>(clock[frame]) * kFrameS + kFirstFrameMiddleS;
}

TimeRegion Posteriors::time_of(FrameSpan frames) const {
  return {middle_s(frames.begin) - kFrameS / 2, middle_s(frames.end - 1) + kFrameS / 2};
}

Result<PhoneHead> PhoneHead::load(const std::string& model_dir) {
  const std::string path = model_dir + "/phone_head.onnx";
  ASSIGN_OR_RETURN(OnnxSession session, OnnxSession::load(path));
  const std::vector<std::string> outputs = {"ctc", "frame"};
  if (session.input_names() != std::vector<std::string>{"embeddings"} ||
      session.output_names() != outputs) {
    return Status(Code::kKernelUnavailable, "model file '" + path + "' is not a phone head");
  }
  return PhoneHead(std::move(session));
}

Result<Posteriors> PhoneHead::embeddings_to_posteriors(std::span<const Embeddings> chunks) const {
  Posteriors all;
  for (const Embeddings& chunk : chunks) {
    if (chunk.frame_count == 0) continue;
    std::vector<NamedTensor> inputs;
    const auto frames = static_cast<std::int64_t>(chunk.frame_count);
    inputs.push_back({"embeddings", Tensor::of_floats({1, frames, kEmbeddingSize}, chunk.values)});
    ASSIGN_OR_RETURN(const std::vector<Tensor> outputs, session_.run(std::move(inputs)));
    const std::vector<float>& ctc = outputs[0].floats;
    const std::vector<float>& framewise = outputs[1].floats;
    if (ctc.size() != chunk.frame_count * kPosteriorColumns || framewise.size() != ctc.size()) {
      return Status(Code::kInternal, "the phone head answered with another shape");
    }
    all.ctc.insert(all.ctc.end(), ctc.begin(), ctc.end());
    all.framewise.insert(all.framewise.end(), framewise.begin(), framewise.end());
    for (std::size_t i = 0; i < chunk.frame_count; ++i) all.clock.push_back(chunk.first_frame + i);
  }
  return all;
}

}  // namespace saywell
