#include "onnx/onnx_branch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "onnx/protobuf_fields.h"

namespace saywell {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string field(std::uint32_t number, std::string_view content) {
  std::string bytes;
  append_bytes_field(bytes, number, content);
  return bytes;
}

std::string node(const std::vector<std::string>& inputs, const std::string& output) {
  std::string bytes;
  for (const std::string& input : inputs) bytes += field(1, input);
  return field(kGraphNodeField, bytes + field(2, output) + field(4, "Add"));
}

std::string branch_attribute(const std::string& name, const std::string& graph) {
  return field(5, field(1, name) + field(6, graph));
}

std::string weights(const std::string& name) {
  return field(kGraphInitializerField, field(9, "raw") + field(8, name));
}

std::string input(const std::string& name) {
  return field(kGraphInputField, float_value_info(name));
}

// An If whose "then" computes y of x and w, and z of what nobody else needs.
std::string merged_model() {
  const std::string then_graph = node({"x", "w"}, "h") + node({"unused_in", "v"}, "z") +
                                 node({"h", "h"}, "y") + field(2, "then graph");
  const std::string if_node = field(1, "use_cache") + field(2, "y") + field(4, "If") +
                              branch_attribute("else_branch", node({"q"}, "y")) +
                              branch_attribute("then_branch", then_graph);
  const std::string graph = field(kGraphNodeField, if_node) + weights("w") + weights("v") +
                            input("x") + input("unused_in") + input("q") + input("use_cache");
  return field(2, "maker") + field(kModelGraphField, graph) + field(8, "opset");
}

std::vector<std::string> names_of(const std::string& model, std::uint32_t kind,
                                  std::uint32_t name_field) {
  std::vector<std::string> names;
  const auto model_fields = protobuf_fields(model);
  const auto graph = protobuf_fields(find_field(*model_fields, kModelGraphField)->content);
  for (const ProtobufField& member : *graph) {
    if (member.number != kind) continue;
    const auto fields = protobuf_fields(member.content);
    names.emplace_back(find_field(*fields, name_field)->content);
  }
  return names;
}

TEST(OnnxBranch, KeepsWhatTheOutputsDependOn) {
  const auto model = extract_onnx_branch(merged_model(), {"then_branch", {"y"}, {}});
  ASSERT_TRUE(model.ok()) << model.status().message();
  EXPECT_THAT(names_of(*model, kGraphNodeField, 2), ElementsAre("h", "y"));
  EXPECT_THAT(names_of(*model, kGraphInitializerField, 8), ElementsAre("w"));
  EXPECT_THAT(names_of(*model, kGraphInputField, 1), ElementsAre("x"));
  EXPECT_THAT(names_of(*model, kGraphOutputField, 1), ElementsAre("y"));
  EXPECT_THAT(*model, HasSubstr("maker"));
  EXPECT_THAT(*model, HasSubstr("opset"));
}

TEST(OnnxBranch, AddedNodesMayUseWhatTheBranchComputes) {
  const OnnxNode cast{"Cast", {"h"}, {"scaled"}, "to", 1};
  const auto model = extract_onnx_branch(merged_model(), {"then_branch", {"scaled"}, {cast}});
  ASSERT_TRUE(model.ok()) << model.status().message();
  EXPECT_THAT(names_of(*model, kGraphNodeField, 2), ElementsAre("h", "scaled"));
  EXPECT_THAT(names_of(*model, kGraphNodeField, 4), ElementsAre("Add", "Cast"));
}

TEST(OnnxBranch, WhatIsNotThereIsNamed) {
  const auto no_output = extract_onnx_branch(merged_model(), {"else_branch", {"h"}, {}});
  EXPECT_EQ(no_output.status().code(), Code::kKernelUnavailable);
  EXPECT_THAT(no_output.status().detail(), HasSubstr("'h'"));
  const auto no_branch = extract_onnx_branch(merged_model(), {"third_branch", {"y"}, {}});
  EXPECT_THAT(no_branch.status().detail(), HasSubstr("third_branch"));
}

TEST(OnnxBranch, WhatIsNoModelIsRefused) {
  const std::string model = merged_model();
  for (const std::string& bytes : {std::string(), std::string("text"), model.substr(0, 40)}) {
    EXPECT_EQ(extract_onnx_branch(bytes, {"then_branch", {"y"}, {}}).status().code(),
              Code::kKernelUnavailable);
  }
}

}  // namespace
}  // namespace saywell
