#include "onnx/onnx_weights.h"

#include <bit>
#include <cstring>

#include "base/model_file.h"
#include "base/status_macros.h"
#include "onnx/protobuf_fields.h"

namespace saywell {
namespace {

constexpr std::uint32_t kTensorFloatData = 4, kTensorName = 8, kTensorRawData = 9;

std::vector<float> floats_of(std::string_view bytes) {
  static_assert(std::endian::native == std::endian::little, "raw data of ONNX is little endian");
  std::vector<float> values(bytes.size() / sizeof(float));
  std::memcpy(values.data(), bytes.data(), values.size() * sizeof(float));
  return values;
}

}  // namespace

Result<std::vector<float>> find_onnx_weights(std::string_view model, std::string_view name) {
  const Status missing(Code::kKernelUnavailable,
                       "the model has no weights '" + std::string(name) + "'");
  const auto model_fields = protobuf_fields(model);
  if (!model_fields) return missing;
  const ProtobufField* graph = find_field(*model_fields, kModelGraphField);
  if (graph == nullptr) return missing;
  const auto graph_fields = protobuf_fields(graph->content);
  if (!graph_fields) return missing;
  for (const ProtobufField& field : *graph_fields) {
    if (field.number != kGraphInitializerField) continue;
    const auto tensor = protobuf_fields(field.content);
    if (!tensor) return missing;
    const ProtobufField* tensor_name = find_field(*tensor, kTensorName);
    if (tensor_name == nullptr || tensor_name->content != name) continue;
    // Packed floats have the bytes of raw data.
    for (const std::uint32_t number : {kTensorRawData, kTensorFloatData}) {
      const ProtobufField* data = find_field(*tensor, number);
      if (data != nullptr && !data->content.empty()) return floats_of(data->content);
    }
  }
  return missing;
}

Result<std::vector<float>> load_onnx_weights(const std::string& path, std::string_view name) {
  ASSIGN_OR_RETURN(const std::string model, read_model_file(path));
  Result<std::vector<float>> weights = find_onnx_weights(model, name);
  if (weights.ok()) return weights;
  return Status(weights.status().code(), path + ": " + weights.status().detail());
}

}  // namespace saywell
