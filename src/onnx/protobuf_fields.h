// The wire format of protobuf messages, as far as editing an ONNX file takes: fields are taken
// apart and copied, what is in them is read only where the edit needs it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace saywell {

// ModelProto and GraphProto (onnx.proto3).
inline constexpr std::uint32_t kModelGraphField = 7;
inline constexpr std::uint32_t kGraphNodeField = 1, kGraphInitializerField = 5,
                               kGraphInputField = 11, kGraphOutputField = 12;

struct ProtobufField {
  std::uint32_t number;
  std::string_view whole;    // tag, length and content
  std::string_view content;  // of a length-delimited field
};

// The fields of `message`, which they point into, except those with the number `without` (0: all).
// None when it is malformed.
std::optional<std::vector<ProtobufField>> protobuf_fields(std::string_view message,
                                                          std::uint32_t without = 0);

// The first field of that number; null: none.
const ProtobufField* find_field(const std::vector<ProtobufField>& fields, std::uint32_t number);

// Size of all fields together, tags and lengths included.
std::size_t size_of(const std::vector<ProtobufField>& fields);

void append_varint(std::string& out, std::uint64_t value);
void append_varint_field(std::string& out, std::uint32_t field, std::uint64_t value);
void append_bytes_field(std::string& out, std::uint32_t field, std::string_view bytes);

// The tag and length of a field of bytes whose `size` bytes the caller appends.
void append_bytes_header(std::string& out, std::uint32_t field, std::size_t size);

// ValueInfoProto of a float tensor of any shape.
std::string float_value_info(std::string_view name);

}  // namespace saywell
