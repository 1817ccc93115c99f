#include "onnx/onnx_weights.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "onnx/protobuf_fields.h"

namespace saywell {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using std::string_literals::operator""s;

constexpr char kOneAndHalf[] = {'\0', '\0', '\x80', '\x3F', '\0', '\0', '\0', '\x3F'};

std::string field(std::uint32_t number, std::string_view content) {
  std::string bytes;
  append_bytes_field(bytes, number, content);
  return bytes;
}

std::string model_with(const std::string& name, std::uint32_t data_field) {
  const std::string data(kOneAndHalf, sizeof kOneAndHalf);
  const std::string other = field(8, "other") + field(9, "abcd");
  const std::string tensor = field(8, name) + field(data_field, data);
  return field(kModelGraphField,
               field(kGraphInitializerField, other) + field(kGraphInitializerField, tensor));
}

TEST(OnnxWeights, AreFoundByNameInEitherField) {
  for (const std::uint32_t data_field : {9U, 4U}) {
    const auto weights = find_onnx_weights(model_with("gain", data_field), "gain");
    ASSERT_TRUE(weights.ok()) << weights.status().message();
    EXPECT_THAT(*weights, ElementsAre(1.0F, 0.5F));
  }
}

TEST(OnnxWeights, WhatIsMissingIsNamed) {
  const auto none = find_onnx_weights(model_with("gain", 9), "bias");
  EXPECT_EQ(none.status().code(), Code::kKernelUnavailable);
  EXPECT_THAT(none.status().detail(), HasSubstr("'bias'"));
  EXPECT_FALSE(find_onnx_weights("text", "gain").ok());
  const auto no_file = load_onnx_weights("/nonexistent/x.onnx", "gain");
  EXPECT_THAT(no_file.status().detail(), HasSubstr("/nonexistent/x.onnx"));
}

}  // namespace
}  // namespace saywell
