// One weight tensor out of an ONNX file, for what is computed outside the runtime.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "saywell/status.h"

namespace saywell {

// The values of the float initializer `name` of the model `path`. Code 40051 naming the file when
// it is missing, no well-formed model, or has no such initializer.
Result<std::vector<float>> load_onnx_weights(const std::string& path, std::string_view name);

// The same from the model's bytes.
Result<std::vector<float>> find_onnx_weights(std::string_view model, std::string_view name);

}  // namespace saywell
