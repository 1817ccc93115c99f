// Shared by the scorer and the classifier of miscues as ONNX models.
#pragma once

#include <string>
#include <vector>

#include "onnx/onnx_session.h"
#include "score/scorer_inputs.h"

namespace saywell {

struct NetworkShape {
  std::vector<std::string> inputs;
  std::size_t outputs;
  std::string kind;  // "a scorer"
};

// Code 40051 names `path` when it is missing, of another shape, or trained on features of another
// schema than this program's (feature_schema_hash()).
Result<OnnxSession> load_network(const std::string& path, const NetworkShape& shape);

// `phones` [1, phones, kPhoneRowSize], `phone_ids` [1, phones], `words` [1, words, phones], whose
// row w averages over the phones of word w, and `reading` [1, kReadingRowSize].
std::vector<NamedTensor> network_inputs(const ScorerInputs& inputs);

}  // namespace saywell
