#include "onnx/protobuf_fields.h"

#include <algorithm>
#include <numeric>

namespace saywell {
namespace {

constexpr std::uint32_t kWireVarint = 0, kWireFixed64 = 1, kWireBytes = 2, kWireFixed32 = 5;

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

std::optional<ProtobufField> take_field(std::string_view& in) {
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
  return ProtobufField{static_cast<std::uint32_t>(*tag >> 3),
                       start.substr(0, start.size() - in.size()), content};
}

}  // namespace

std::optional<std::vector<ProtobufField>> protobuf_fields(std::string_view message,
                                                          std::uint32_t without) {
  std::vector<ProtobufField> fields;
  while (!message.empty()) {
    const auto field = take_field(message);
    if (!field) return std::nullopt;
    if (field->number != without) fields.push_back(*field);
  }
  return fields;
}

const ProtobufField* find_field(const std::vector<ProtobufField>& fields, std::uint32_t number) {
  const auto found =
      std::find_if(fields.begin(), fields.end(),
                   [number](const ProtobufField& field) { return field.number == number; });
  return found == fields.end() ? nullptr : &*found;
}

std::size_t size_of(const std::vector<ProtobufField>& fields) {
  return std::accumulate(
      fields.begin(), fields.end(), std::size_t{0},
      [](std::size_t sum, const ProtobufField& field) { return sum + field.whole.size(); });
}

void append_varint(std::string& out, std::uint64_t value) {
  while (value >= 0x80) {
    out.push_back(static_cast<char>(value | 0x80));
    value >>= 7;
  }
  out.push_back(static_cast<char>(value));
}

void append_varint_field(std::string& out, std::uint32_t field, std::uint64_t value) {
  append_varint(out, (field << 3) | kWireVarint);
  append_varint(out, value);
}

void append_bytes_header(std::string& out, std::uint32_t field, std::size_t size) {
  append_varint(out, (field << 3) | kWireBytes);
  append_varint(out, size);
}

void append_bytes_field(std::string& out, std::uint32_t field, std::string_view bytes) {
  append_bytes_header(out, field, bytes.size());
  out += bytes;
}

// ValueInfoProto{name = 1, type = 2: TypeProto{tensor_type = 1: Tensor{elem_type = 1: FLOAT}}}
std::string float_value_info(std::string_view name) {
  const std::string tensor = {'\x08', '\x01'};
  std::string type, info;
  append_bytes_field(type, 1, tensor);
  append_bytes_field(info, 1, name);
  append_bytes_field(info, 2, type);
  return info;
}

}  // namespace saywell
