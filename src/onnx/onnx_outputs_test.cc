#include "onnx/onnx_outputs.h"

#include <gtest/gtest.h>

namespace saywell {
namespace {

using std::string_literals::operator""s;

// A field of bytes shorter than 128: tag, length, content.
std::string field(int number, const std::string& content) {
  return static_cast<char>(number << 3 | 2) + std::string(1, static_cast<char>(content.size())) +
         content;
}

// ir_version = 8, then the graph, then a producer.
std::string model_of(const std::string& graph) {
  return "\x08\x08"s + field(7, graph) + field(2, "maker");
}

// ValueInfoProto of a float tensor.
std::string output_of(const std::string& name) {
  return field(12, field(1, name) + field(2, field(1, "\x08\x01"s)));
}

TEST(OnnxOutputs, OutputsAreReplacedAndAllElseIsKept) {
  const std::string rest = field(1, "node") + field(5, "weights");
  const std::string model =
      model_of(field(1, "node") + output_of("old") + field(5, "weights") + output_of("older"));
  const std::vector<std::string> names = {"inner", "last"};
  const Result<std::string> replaced = replace_onnx_outputs(model, names);
  ASSERT_TRUE(replaced.ok()) << replaced.status().message();
  EXPECT_EQ(*replaced, "\x08\x08"s + field(2, "maker") +
                           field(7, rest + output_of("inner") + output_of("last")));
}

TEST(OnnxOutputs, WhatIsNoModelIsRefused) {
  const std::vector<std::string> names = {"inner"};
  const std::string model = model_of(field(1, "node"));
  for (const std::string& bytes :
       {""s, "\x08\x08"s, "text"s, model.substr(0, model.size() - 1), model_of("\x0A\x7F"s)}) {
    const Result<std::string> replaced = replace_onnx_outputs(bytes, names);
    EXPECT_EQ(replaced.status().code(), Code::kKernelUnavailable);
  }
}

}  // namespace
}  // namespace saywell
