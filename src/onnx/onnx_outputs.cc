#include "onnx/onnx_outputs.h"

#include "onnx/protobuf_fields.h"

namespace saywell {

Result<std::string> replace_onnx_outputs(std::string_view model,
                                         std::span<const std::string> outputs) {
  const Status malformed(Code::kKernelUnavailable,
                         "the model file is not a well-formed ONNX model");
  const auto model_fields = protobuf_fields(model);
  if (!model_fields) return malformed;
  const ProtobufField* graph = find_field(*model_fields, kModelGraphField);
  if (graph == nullptr) return malformed;
  const auto graph_fields = protobuf_fields(graph->content, kGraphOutputField);
  if (!graph_fields) return malformed;

  std::string new_outputs;
  for (const std::string& name : outputs) {
    append_bytes_field(new_outputs, kGraphOutputField, float_value_info(name));
  }
  // Tens of MB, so it is allocated and written once.
  std::string result;
  result.reserve(model.size() + new_outputs.size());
  for (const ProtobufField& field : *model_fields) {
    if (field.number != kModelGraphField) result += field.whole;
  }
  append_bytes_header(result, kModelGraphField, size_of(*graph_fields) + new_outputs.size());
  for (const ProtobufField& field : *graph_fields) result += field.whole;
  return result += new_outputs;
}

}  // namespace saywell
