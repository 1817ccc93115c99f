#include "acoustic/embeddings_to_posteriors.h"

#include "base/status_macros.h"

namespace saywell {

std::span<const float> Posteriors::ctc_row(std::size_t row) const {
  return std::span(ctc).subspan(row * kPosteriorColumns, kPosteriorColumns);
}

std::span<const float> Posteriors::frame_row(std::size_t row) const {
  return std::span(frame).subspan(row * kPosteriorColumns, kPosteriorColumns);
}

double Posteriors::time_s(std::size_t row) const {
  return static_cast<double>(clock[row]) * kFrameS + kFirstFrameMiddleS;
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
    const std::vector<float>& frame = outputs[1].floats;
    if (ctc.size() != chunk.frame_count * kPosteriorColumns || frame.size() != ctc.size()) {
      return Status(Code::kInternal, "the phone head answered with another shape");
    }
    all.ctc.insert(all.ctc.end(), ctc.begin(), ctc.end());
    all.frame.insert(all.frame.end(), frame.begin(), frame.end());
    for (std::size_t i = 0; i < chunk.frame_count; ++i) all.clock.push_back(chunk.first_frame + i);
  }
  return all;
}

}  // namespace saywell
