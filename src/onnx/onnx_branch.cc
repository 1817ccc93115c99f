#include "onnx/onnx_branch.h"

#include <algorithm>
#include <set>

#include "onnx/protobuf_fields.h"

namespace saywell {
namespace {

// NodeProto, AttributeProto, TensorProto, ValueInfoProto (onnx.proto3).
constexpr std::uint32_t kNodeInput = 1, kNodeOutput = 2, kNodeOp = 4, kNodeAttribute = 5;
constexpr std::uint32_t kAttributeName = 1, kAttributeInt = 3, kAttributeGraph = 6,
                        kAttributeType = 20;
constexpr std::uint64_t kAttributeTypeInt = 2;
constexpr std::uint32_t kInitializerName = 8, kValueInfoName = 1, kGraphName = 2;

using Fields = std::vector<ProtobufField>;
using Names = std::set<std::string_view>;

std::string_view text_of(const Fields& fields, std::uint32_t number) {
  const ProtobufField* field = find_field(fields, number);
  return field == nullptr ? std::string_view() : field->content;
}

// The graph of the attribute `branch` of the If node among `graph`; none when there is no such.
std::optional<std::string_view> find_branch(const Fields& graph, std::string_view branch) {
  for (const ProtobufField& field : graph) {
    if (field.number != kGraphNodeField) continue;
    const auto node = protobuf_fields(field.content);
    if (!node || text_of(*node, kNodeOp) != "If") continue;
    for (const ProtobufField& member : *node) {
      if (member.number != kNodeAttribute) continue;
      const auto attribute = protobuf_fields(member.content);
      if (!attribute || text_of(*attribute, kAttributeName) != branch) continue;
      const ProtobufField* content = find_field(*attribute, kAttributeGraph);
      if (content != nullptr) return content->content;
    }
  }
  return std::nullopt;
}

std::string encode_node(const OnnxNode& node) {
  std::string bytes;
  for (const std::string& input : node.inputs) append_bytes_field(bytes, kNodeInput, input);
  for (const std::string& output : node.outputs) append_bytes_field(bytes, kNodeOutput, output);
  append_bytes_field(bytes, kNodeOp, node.op);
  if (node.attribute.empty()) return bytes;
  std::string attribute;
  append_bytes_field(attribute, kAttributeName, node.attribute);
  append_varint_field(attribute, kAttributeInt, static_cast<std::uint64_t>(node.attribute_value));
  append_varint_field(attribute, kAttributeType, kAttributeTypeInt);
  append_bytes_field(bytes, kNodeAttribute, attribute);
  return bytes;
}

// A graph under construction: what is needed of the nodes, from the last to the first.
class NeededNodes {
 public:
  explicit NeededNodes(const std::vector<std::string>& outputs)
      : wanted_(outputs.begin(), outputs.end()) {}

  // Takes `node` when one of its outputs is needed. False when it is malformed.
  bool offer(std::string_view node) {
    const auto fields = protobuf_fields(node);
    if (!fields) return false;
    const bool needed = std::any_of(fields->begin(), fields->end(), [&](const ProtobufField& f) {
      return f.number == kNodeOutput && wanted_.contains(f.content);
    });
    if (!needed) return true;
    for (const ProtobufField& field : *fields) {
      if (field.number == kNodeInput) wanted_.insert(field.content);
      if (field.number == kNodeOutput) computed_.insert(field.content);
    }
    nodes_.push_back(node);
    return true;
  }

  bool wants(std::string_view name) const { return wanted_.contains(name); }
  bool computes(std::string_view name) const { return computed_.contains(name); }
  // In the order of the data.
  std::vector<std::string_view> nodes() const { return {nodes_.rbegin(), nodes_.rend()}; }

 private:
  Names wanted_, computed_;
  std::vector<std::string_view> nodes_;
};

// Initializers and inputs of the outer graph that `needed` asks for, as they are.
std::vector<std::string_view> needed_outer_fields(const Fields& graph, const NeededNodes& needed) {
  std::vector<std::string_view> kept;
  for (const ProtobufField& field : graph) {
    const bool initializer = field.number == kGraphInitializerField;
    if (!initializer && field.number != kGraphInputField) continue;
    const auto fields = protobuf_fields(field.content);
    if (!fields) continue;
    const std::string_view name = text_of(*fields, initializer ? kInitializerName : kValueInfoName);
    if (needed.wants(name)) kept.push_back(field.whole);
  }
  return kept;
}

std::string encode_model(const Fields& model, const Fields& graph, const NeededNodes& needed,
                         const OnnxBranch& branch) {
  std::string small;  // all but the weights
  for (const std::string_view node : needed.nodes()) {
    append_bytes_field(small, kGraphNodeField, node);
  }
  append_bytes_field(small, kGraphName, branch.name);
  for (const std::string& output : branch.outputs) {
    append_bytes_field(small, kGraphOutputField, float_value_info(output));
  }
  const std::vector<std::string_view> outer = needed_outer_fields(graph, needed);
  std::size_t size = small.size();
  for (const std::string_view field : outer) size += field.size();
  // Of tens of MB: written once, at its size.
  constexpr std::size_t kHeaderRoom = 4096;
  std::string result;
  result.reserve(size + kHeaderRoom);
  for (const ProtobufField& field : model) {
    if (field.number != kModelGraphField) result += field.whole;
  }
  append_bytes_header(result, kModelGraphField, size);
  result += small;
  for (const std::string_view field : outer) result += field;
  return result;
}

}  // namespace

Result<std::string> extract_onnx_branch(std::string_view model, const OnnxBranch& branch) {
  const Status malformed(Code::kKernelUnavailable,
                         "the model file is not a well-formed ONNX model with " + branch.name);
  const auto model_fields = protobuf_fields(model);
  if (!model_fields) return malformed;
  const ProtobufField* graph = find_field(*model_fields, kModelGraphField);
  if (graph == nullptr) return malformed;
  const auto graph_fields = protobuf_fields(graph->content);
  if (!graph_fields) return malformed;
  const auto body = find_branch(*graph_fields, branch.name);
  if (!body) return malformed;
  const auto body_fields = protobuf_fields(*body);
  if (!body_fields) return malformed;

  std::vector<std::string> added;
  for (const OnnxNode& node : branch.added) added.push_back(encode_node(node));
  NeededNodes needed(branch.outputs);
  for (auto node = added.rbegin(); node != added.rend(); ++node) needed.offer(*node);
  for (auto field = body_fields->rbegin(); field != body_fields->rend(); ++field) {
    if (field->number == kGraphNodeField && !needed.offer(field->content)) return malformed;
  }
  for (const std::string& output : branch.outputs) {
    if (needed.computes(output)) continue;
    return Status(Code::kKernelUnavailable, "the model file does not compute '" + output + "'");
  }
  return encode_model(*model_fields, *graph_fields, needed, branch);
}

}  // namespace saywell
