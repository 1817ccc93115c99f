#include "onnx/onnx_outputs.h"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <optional>

namespace saywell {
namespace {

constexpr std::uint32_t kModelGraphField = 7;
constexpr std::uint32_t kGraphOutputField = 12;
constexpr std::uint32_t kWireVarint = 0, kWireFixed64 = 1, kWireBytes = 2, kWireFixed32 = 5;

void append_varint(std::string& out, std::uint64_t value) {
  while (value >= 0x80) {
    out.push_back(static_cast<char>(value | 0x80));
    value >>= 7;
  }
  out.push_back(static_cast<char>(value));
}

void append_bytes_field(std::string& out, std::uint32_t field, std::string_view bytes) {
  append_varint(out, (field << 3) | kWireBytes);
  append_varint(out, bytes.size());
  out += bytes;
}

std::optional<std::uint64_t> take_varint(std::string_view& in) {
  std::uint64_t value = 0;
  for (int shift = 0; shift < 64 && !in.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(in.front());
    in.remove_prefix(1);
    value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    if (byte < 0x80) return value;
  }
  return std::nullopt;
}

struct Field {
  std::uint32_t number;
  std::string_view whole;    // tag, length and content
  std::string_view content;  // of a length-delimited field
};

std::optional<Field> take_field(std::string_view& in) {
  const std::string_view start = in;
  const auto tag = take_varint(in);
  if (!tag) return std::nullopt;
  std::uint64_t size = 0;
  switch (*tag & 7) {
    case kWireVarint:
      if (!take_varint(in)) return std::nullopt;
      break;
    case kWireFixed64:
      size = 8;
      break;
    case kWireFixed32:
      size = 4;
      break;
    case kWireBytes: {
      const auto length = take_varint(in);
      if (!length) return std::nullopt;
      size = *length;
      break;
    }
    default:
      return std::nullopt;
  }
  if (size > in.size()) return std::nullopt;
  const std::string_view content = in.substr(0, size);
  in.remove_prefix(size);
  return Field{static_cast<std::uint32_t>(*tag >> 3), start.substr(0, start.size() - in.size()),
               content};
}

// ValueInfoProto{name = 1, type = 2: TypeProto{tensor_type = 1: Tensor{elem_type = 1: FLOAT}}}
std::string float_value_info(const std::string& name) {
  const std::string tensor = {'\x08', '\x01'};
  std::string type, info;
  append_bytes_field(type, 1, tensor);
  append_bytes_field(info, 1, name);
  append_bytes_field(info, 2, type);
  return info;
}

// The fields of `message` but for those with the number `without`; nullopt when it is malformed.
std::optional<std::vector<Field>> other_fields(std::string_view message, std::uint32_t without) {
  std::vector<Field> fields;
  while (!message.empty()) {
    const auto field = take_field(message);
    if (!field) return std::nullopt;
    if (field->number != without) fields.push_back(*field);
  }
  return fields;
}

std::size_t size_of(const std::vector<Field>& fields) {
  return std::accumulate(
      fields.begin(), fields.end(), std::size_t{0},
      [](std::size_t sum, const Field& field) { return sum + field.whole.size(); });
}

}  // namespace

Result<std::string> replace_onnx_outputs(std::string_view model,
                                         std::span<const std::string> outputs) {
  const Status malformed(Code::kKernelUnavailable,
                         "the model file is not a well-formed ONNX model");
  constexpr std::uint32_t kNone = 0;
  const auto model_fields = other_fields(model, kNone);
  if (!model_fields) return malformed;
  const auto graph =
      std::find_if(model_fields->begin(), model_fields->end(),
                   [](const Field& field) { return field.number == kModelGraphField; });
  if (graph == model_fields->end()) return malformed;
  const auto graph_fields = other_fields(graph->content, kGraphOutputField);
  if (!graph_fields) return malformed;

  std::string new_outputs;
  for (const std::string& name : outputs) {
    append_bytes_field(new_outputs, kGraphOutputField, float_value_info(name));
  }
  // Of tens of MB: written once, at its size.
  std::string result;
  result.reserve(model.size() + new_outputs.size());
  for (const Field& field : *model_fields) {
    if (field.number != kModelGraphField) result += field.whole;
  }
  append_varint(result, (kModelGraphField << 3) | kWireBytes);
  append_varint(result, size_of(*graph_fields) + new_outputs.size());
  for (const Field& field : *graph_fields) result += field.whole;
  return result += new_outputs;
}

}  // namespace saywell
