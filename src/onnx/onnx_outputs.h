// Chooses a model's outputs by editing its protobuf bytes, without a protobuf library.
//
// An ONNX file is one ModelProto; its field 7 is the GraphProto, whose repeated field 12 lists the
// outputs (onnx.proto3). Replacing these entries is enough to read an inner layer or to omit the
// layers behind it.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "saywell/status.h"

namespace saywell {

// The model with `outputs` (names of float tensors in its graph) as its only outputs. Code 40051
// when `model` is not a well-formed ModelProto with a graph.
Result<std::string> replace_onnx_outputs(std::string_view model,
                                         std::span<const std::string> outputs);

}  // namespace saywell
